package io.gantry.scheduler.deployment;

import io.gantry.contract.deployer.BuildLog;
import io.gantry.contract.topic.Topics;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

@Component
class BuildLogListener {
    private final BuildLogs logs;

    BuildLogListener(BuildLogs logs) {
        this.logs = logs;
    }

    @KafkaListener(id = "scheduler.build-logs", topics = Topics.BUILD_LOGS)
    void on(BuildLog log) {
        logs.append(log);
    }
}
