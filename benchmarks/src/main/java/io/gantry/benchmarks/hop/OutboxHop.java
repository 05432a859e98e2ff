package io.gantry.benchmarks.hop;

import io.gantry.benchmarks.hop.HopService.CommandListener;
import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.topic.Topics;
import io.gantry.messaging.Outbox;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** What Gantry's services do: into the outbox with the decision, to Kafka after the commit, through the inbox to the listener. */
final class OutboxHop implements Hop {
    private static final AppName APP = new AppName("benchmark");

    private final ConfigurableApplicationContext service;
    private final TransactionTemplate transaction;
    private final Outbox outbox;
    private final CommandListener listener;

    OutboxHop(String broker, EmbeddedPostgres database, int partitions) {
        service = new SpringApplicationBuilder(HopService.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(
                        "--spring.main.banner-mode=off",
                        "--spring.config.name=benchmark-hop",
                        "--spring.application.name=benchmark-hop",
                        "--spring.datasource.url=" + database.getJdbcUrl("postgres", "postgres"),
                        "--spring.datasource.username=postgres",
                        "--spring.flyway.locations=classpath:db/messaging",
                        "--spring.kafka.bootstrap-servers=" + broker,
                        "--gantry.messaging.partitions=" + partitions);
        transaction = service.getBean(TransactionTemplate.class);
        outbox = service.getBean(Outbox.class);
        listener = service.getBean(CommandListener.class);
    }

    @Override
    public void send(int message) {
        var command = new DeployerCommand.Cancel(new DeploymentToken("%016d".formatted(message)), APP);
        transaction.executeWithoutResult(status -> outbox.send(Topics.DEPLOYER_COMMANDS, Keys.of(message), command));
    }

    @Override
    public void deliverTo(Arrivals arrivals) {
        listener.deliverTo(arrivals);
    }

    @Override
    public void close() {
        service.close();
    }
}
