package io.gantry.benchmarks.recovery;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Ports;
import io.gantry.benchmarks.measure.Await;
import io.gantry.benchmarks.measure.Samples;
import io.gantry.benchmarks.measure.Unit;
import io.gantry.benchmarks.platform.Deployment;
import io.gantry.benchmarks.platform.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An app on Gantry, run anew for each fault: what falls again and again is brought back ever more slowly. */
final class Revived {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Stage stage;
    private final DockerClient docker;
    private final Killing killing;
    private final List<Double> toIncident = new ArrayList<>();
    private final List<Double> toDeployer = new ArrayList<>();

    Revived(Stage stage, DockerClient docker, Killing killing) {
        this.stage = stage;
        this.docker = docker;
        this.killing = killing;
    }

    Killing killing() {
        return killing;
    }

    double measure() throws Exception {
        Deployment running = stage.ended(stage.run());
        String container = running.services().getFirst().instances().getFirst().id();
        Killing.Fault fault = killing.kill(new Victim(container, portOf(container), stage.start()));
        note(fault);
        stage.stop();
        return fault.millisToAnswer();
    }

    private int portOf(String container) {
        Ports.Binding published = docker.inspectContainerCmd(container)
                .exec()
                .getNetworkSettings()
                .getPorts()
                .getBindings()
                .values()
                .iterator()
                .next()[0];
        return Integer.parseInt(published.getHostPortSpec());
    }

    /** The platform is done with it only after the first answer. */
    private void note(Killing.Fault fault) throws Exception {
        Instant killed = fault.killed().began();
        Await.until(
                "the revival to be done", PATIENCE, () -> acceptedAfter(killed).isPresent());
        toDeployer.add(fault.killed().millisTo(acceptedAfter(killed).orElseThrow()));
        stage.api()
                .incidentOpened(stage.app())
                .ifPresent(opened -> toIncident.add(fault.killed().millisTo(opened)));
    }

    private Optional<Instant> acceptedAfter(Instant killed) {
        try {
            return stage.api().revivalAccepted(stage.app()).filter(accepted -> accepted.isAfter(killed));
        } catch (IOException failed) {
            throw new UncheckedIOException("Asking the deployer", failed);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    String sentence() {
        return "Medians of Gantry's way, by its own account: killed to the incident at monitoring %s, to the request at the deployer %s."
                .formatted(median(toIncident), median(toDeployer));
    }

    private static String median(List<Double> millis) {
        return new Samples("on the way", Unit.MILLISECONDS, millis).format(0.5);
    }
}
