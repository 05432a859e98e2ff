package io.gantry.scheduler.version;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks for uploads that have expired, in whichever scheduler is alive then. */
@Configuration(proxyBeanMethods = false)
class GrantedUploadsWork {
    @Bean
    RecurringTask<Void> grantedUploadsTask(GrantedUploads uploads) {
        return Tasks.recurring("granted-uploads", FixedDelay.ofMinutes(10)).execute((_, _) -> uploads.sweep());
    }
}
