package io.gantry.scheduler.version;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks for unused bundles once a day, in whichever scheduler is alive then. */
@Configuration(proxyBeanMethods = false)
class UnusedBundlesWork {
    @Bean
    RecurringTask<Void> unusedBundlesTask(UnusedBundles unused) {
        return Tasks.recurring("unused-bundles", FixedDelay.ofHours(24)).execute((_, _) -> unused.remove());
    }
}
