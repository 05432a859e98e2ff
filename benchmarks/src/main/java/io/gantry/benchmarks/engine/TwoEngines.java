package io.gantry.benchmarks.engine;

import io.gantry.benchmarks.measure.Await;
import io.gantry.benchmarks.measure.Missing;
import io.gantry.benchmarks.processes.Child;
import io.gantry.benchmarks.processes.Command;
import io.gantry.benchmarks.processes.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * Two engines in network namespaces of their own, joined by a cable, and a Swarm over them: its manager on the first. Gone when
 * it is closed.
 */
public final class TwoEngines implements AutoCloseable {
    private static final Duration TO_START = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(50);
    private static final String IMAGE = "gantry/debian:1";
    private static final String SERVICE = "bench-lost";
    private static final String FIRST_ADDRESS = "10.231.0.1";
    private static final String SECOND_ADDRESS = "10.231.0.2";

    private final Cable cable;
    private final Scratch scratch;
    private final Isolated first;
    private final Isolated second;

    private TwoEngines(Cable cable, Scratch scratch, Isolated first, Isolated second) {
        this.cable = cable;
        this.scratch = scratch;
        this.first = first;
        this.second = second;
    }

    /** One engine, and how it is spoken to. */
    private record Isolated(Child engine, String host) {
        String docker(String... words) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>(List.of("docker", "-H", host));
            command.addAll(List.of(words));
            return Command.run(Map.of(), command);
        }

        int running() {
            try {
                return Math.toIntExact(docker("ps", "-q", "--filter", "label=com.docker.swarm.service.name=" + SERVICE)
                        .lines()
                        .count());
            } catch (IOException failed) {
                throw new UncheckedIOException("Counting containers", failed);
            } catch (InterruptedException interruption) {
                Thread.currentThread().interrupt();
                return 0;
            }
        }
    }

    /** @throws Missing if this user may not make network namespaces */
    public static TwoEngines start() throws IOException, InterruptedException, TimeoutException {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new Missing("Two engines of their own want network namespaces: run this as root.");
        }
        Scratch scratch = Scratch.create("swarm");
        Cable cable = Cable.plug(FIRST_ADDRESS, SECOND_ADDRESS);
        TwoEngines engines = new TwoEngines(
                cable,
                scratch,
                engine(scratch.folder().resolve("first"), Cable.FIRST),
                engine(scratch.folder().resolve("second"), Cable.SECOND));
        try {
            engines.form();
            return engines;
        } catch (IOException | InterruptedException | TimeoutException | RuntimeException failure) {
            engines.close();
            throw failure;
        }
    }

    /** In its network namespace alone: cgroups are to be seen as everywhere. */
    private static Isolated engine(Path folder, String namespace) throws IOException {
        Files.createDirectories(folder);
        String host = "unix://" + folder.resolve("docker.sock");
        Child engine = Child.start(
                "dockerd",
                List.of(
                        "nsenter",
                        "--net=/var/run/netns/" + namespace,
                        "dockerd",
                        "--data-root=" + folder.resolve("data"),
                        "--exec-root=" + folder.resolve("exec"),
                        "--host=" + host,
                        "--pidfile=" + folder.resolve("pid")),
                Map.of(),
                folder.resolve("log"));
        return new Isolated(engine, host);
    }

    private void form() throws IOException, InterruptedException, TimeoutException {
        String image = Command.run("docker", "image", "inspect", "-f", "{{.Id}}", IMAGE)
                .strip();
        Path carried = scratch.folder().resolve("image.tar");
        Command.run("docker", "save", "-o", carried.toString(), image);
        for (Isolated each : List.of(first, second)) {
            each.engine().await("an engine of its own", TO_START, () -> answers(each));
            each.docker("load", "-q", "-i", carried.toString());
            each.docker("tag", image, IMAGE);
        }
        first.docker("swarm", "init", "--advertise-addr", FIRST_ADDRESS);
        String token = first.docker("swarm", "join-token", "-q", "worker").strip();
        second.docker("swarm", "join", "--advertise-addr", SECOND_ADDRESS, "--token", token, FIRST_ADDRESS + ":2377");
    }

    private static boolean answers(Isolated engine) {
        try {
            return !engine.docker("version", "-f", "{{.Server.Version}}").isBlank();
        } catch (IOException | IllegalStateException notYet) {
            return false;
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** So many copies of something that does nothing, on both. */
    public void serve(int replicas) throws IOException, InterruptedException, TimeoutException {
        first.docker(
                "service",
                "create",
                "--detach",
                "--no-resolve-image",
                "--name",
                SERVICE,
                "--init",
                "--replicas",
                Integer.toString(replicas),
                "--limit-memory",
                "32M",
                IMAGE,
                "sleep",
                "100000");
        Await.until(
                "all tasks to run",
                PATIENCE,
                () -> second.running() > 0 && first.running() + second.running() == replicas);
    }

    /** The second; it goes on by itself. */
    public void cutOff() throws IOException, InterruptedException {
        cable.cut();
    }

    public void awaitOnFirst(int replicas) throws InterruptedException, TimeoutException {
        Await.until("all tasks to run elsewhere", PATIENCE, LOOKS_EVERY, () -> first.running() == replicas);
    }

    /** That run now, on both. */
    public int copies() {
        return first.running() + second.running();
    }

    @Override
    public void close() throws IOException {
        try {
            leave(second);
            leave(first);
        } finally {
            second.engine().close();
            first.engine().close();
            cable.close();
            unmount();
            scratch.close();
        }
    }

    /** Takes its containers with it. */
    private static void leave(Isolated engine) throws IOException {
        try {
            engine.docker("swarm", "leave", "--force");
            Await.until("its containers to go", PATIENCE, () -> engine.running() == 0);
        } catch (IllegalStateException | TimeoutException notInOne) {
            // Its engine stops what runs when it ends.
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }

    /** What an engine has mounted below its folders, and leaves so. */
    private void unmount() throws IOException {
        String folder = scratch.folder().toString();
        List<String> mounted = Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .map(line -> line.split(" ", -1)[1])
                .filter(point -> point.startsWith(folder))
                .toList();
        for (String point : mounted.reversed()) {
            try {
                Command.run("umount", "-l", point);
            } catch (InterruptedException interruption) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
