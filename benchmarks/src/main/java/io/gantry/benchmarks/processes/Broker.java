package io.gantry.benchmarks.processes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/** A Kafka broker in a process of its own. */
public final class Broker implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int port;
    private final Child process;

    private Broker(int port, Child process) {
        this.port = port;
        this.process = process;
    }

    public static Broker start(Path folder) throws Exception {
        int port = Ports.free();
        Path settings = Files.writeString(folder.resolve("kafka.properties"), settings(port, Ports.free(), folder));
        Command.run(
                Map.of(),
                java(
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        Uuid.randomUuid().toString(),
                        "-c",
                        settings.toString()));
        Child process =
                Child.start("Kafka", java("kafka.Kafka", settings.toString()), Map.of(), folder.resolve("kafka.log"));
        return new Broker(port, process.awaitPort(port, PATIENCE));
    }

    private static List<String> java(String mainClass, String... arguments) {
        return JavaProgram.command(List.of("-Xmx512m"), mainClass, List.of(arguments));
    }

    private static String settings(int port, int controllerPort, Path folder) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%3$s
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                auto.create.topics.enable=false
                """.formatted(port, controllerPort, folder.resolve("kafka"));
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.close();
    }
}
