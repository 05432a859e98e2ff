package io.gantry.deployer.neighbour;

import static io.gantry.testkit.Patience.await;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.BuildLog;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.contract.topic.Topics;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.kafka.annotation.KafkaListener;

/** What the deployer has told to whoever listens: how requests go on, and how builds do. */
@TestComponent
public class Told {
    private final List<DeployerEvent> events = new CopyOnWriteArrayList<>();
    private final List<BuildLog> buildLogs = new CopyOnWriteArrayList<>();

    @KafkaListener(id = "test.deployer-events", topics = Topics.DEPLOYER_EVENTS)
    void on(DeployerEvent event) {
        events.add(event);
    }

    @KafkaListener(id = "test.build-logs", topics = Topics.BUILD_LOGS)
    void on(BuildLog log) {
        buildLogs.add(log);
    }

    public <E extends DeployerEvent> List<E> events(DeploymentToken token, Class<E> type) {
        return events.stream()
                .filter(event -> event.token().equals(token))
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    public List<DeployerEvent.ServiceAdvanced> advances(DeploymentToken token) {
        return events(token, DeployerEvent.ServiceAdvanced.class);
    }

    public List<ServiceState> states(DeploymentToken token) {
        return advances(token).stream()
                .map(DeployerEvent.ServiceAdvanced::state)
                .toList();
    }

    public List<DeployerEvent.Finished> answers(DeploymentToken token) {
        return events(token, DeployerEvent.Finished.class);
    }

    public List<String> buildLog(DeploymentToken token) {
        return buildLogs.stream()
                .filter(log -> log.token().equals(token))
                .map(BuildLog::lines)
                .flatMap(List::stream)
                .toList();
    }

    /** How each message of the build's log says whether it is the last. */
    public List<Boolean> buildLogEnds(DeploymentToken token) {
        return buildLogs.stream()
                .filter(log -> log.token().equals(token))
                .map(log -> Boolean.TRUE.equals(log.last()))
                .toList();
    }

    public void awaitState(DeploymentToken token, ServiceState state) {
        await().until(() -> states(token).contains(state));
    }

    public void awaitDetail(DeploymentToken token, String detail) {
        await().until(() -> advances(token).stream().anyMatch(event -> Objects.equals(event.detail(), detail)));
    }
}
