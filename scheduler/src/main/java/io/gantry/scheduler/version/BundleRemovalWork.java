package io.gantry.scheduler.version;

import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.gantry.contract.DeploymentToken;
import io.gantry.scheduler.work.DueWork;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** Removes the bytes of versions that are gone, whatever dies meanwhile. */
@Configuration(proxyBeanMethods = false)
class BundleRemovalWork {
    static final TaskDescriptor<Void> TASK = TaskDescriptor.of("bundle-removal");

    private static final char OF = '@';

    /** The same bytes may be uploaded and removed once more while they are being removed. */
    static String id(String sha256, DeploymentToken occasion) {
        return sha256 + OF + occasion;
    }

    @Bean
    OneTimeTask<Void> bundleRemovalTask(Bundles bundles, TransactionTemplate transaction) {
        return Tasks.oneTime(TASK).onFailure(DueWork.tryAgain()).execute((execution, _) -> {
            String id = execution.getId();
            String sha256 = id.substring(0, id.indexOf(OF));
            transaction.executeWithoutResult(_ -> bundles.removeIfUnused(sha256));
        });
    }
}
