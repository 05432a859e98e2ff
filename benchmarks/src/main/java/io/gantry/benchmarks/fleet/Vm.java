package io.gantry.benchmarks.fleet;

import io.gantry.benchmarks.processes.Command;
import io.gantry.remote.Labels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A local machine, which is a container of this computer's engine.
 *
 * @param network of its fleet
 */
record Vm(String container, String network) {
    /** @return what the program printed on the machine */
    String run(String... program) throws IOException, InterruptedException {
        return Command.run(Map.of(), words(List.of("docker", "exec", container), program));
    }

    /** @return what the program printed on the machine when it was given the input */
    String feed(String input, String... program) throws IOException, InterruptedException {
        return Command.fed(input, words(List.of("docker", "exec", "-i", container), program));
    }

    private static List<String> words(List<String> before, String... program) {
        return Stream.concat(before.stream(), Stream.of(program)).toList();
    }

    /** The number of the process of a container on it. */
    String processOf(String inner) throws IOException, InterruptedException {
        return run("docker", "inspect", "-f", "{{.State.Pid}}", inner).strip();
    }

    /** As the out-of-memory killer would: its engine does not know of it before. */
    void killProcess(String number) throws IOException, InterruptedException {
        run("kill", "-9", number);
    }

    /** Names of the platform's containers on it, those that are stopped too. */
    List<String> platformServices() throws IOException, InterruptedException {
        return run("docker", "ps", "-a", "--filter", "label=" + Labels.PLATFORM_SERVICE, "--format", "{{.Names}}")
                .lines()
                .toList();
    }

    int containersOf(String app) throws IOException, InterruptedException {
        String ids = run(
                "docker",
                "ps",
                "-q",
                "--filter",
                "label=%s=%s".formatted(Labels.APP, app),
                "--filter",
                "status=running");
        return Math.toIntExact(ids.lines().count());
    }

    /** As when the power fails. */
    void kill() throws IOException, InterruptedException {
        Command.run("docker", "kill", "-s", "KILL", container);
    }

    boolean isRunning() {
        try {
            return Boolean.parseBoolean(Command.run("docker", "inspect", "-f", "{{.State.Running}}", container)
                    .strip());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** It goes on, and nobody reaches it. */
    void cutOff() throws IOException, InterruptedException {
        Command.run("docker", "network", "disconnect", "-f", network, container);
    }

    void freeze() throws IOException, InterruptedException {
        Command.run("docker", "pause", container);
    }

    void thaw() throws IOException, InterruptedException {
        Command.run("docker", "unpause", container);
    }

    /** In its fleet's network; empty while it is not in it. */
    String address() throws IOException, InterruptedException {
        return Command.run(
                        "docker",
                        "inspect",
                        "-f",
                        "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
                        container)
                .strip();
    }
}
