package io.gantry.benchmarks.fleet;

import io.gantry.benchmarks.processes.Command;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A local machine, which is a container of this computer's engine.
 *
 * @param network of its fleet
 */
record Vm(String container, String network) {
    /** @return what the shell's words printed on the machine */
    String run(String script) throws IOException, InterruptedException {
        return Command.run(Map.of(), List.of("docker", "exec", container, "sh", "-c", script));
    }

    /** The process of a container on it, as the out-of-memory killer would: its engine does not know of it before. */
    void killProcessOf(String inner) throws IOException, InterruptedException {
        run("kill -9 $(docker inspect -f '{{.State.Pid}}' %s)".formatted(inner));
    }

    int containersOf(String app) throws IOException, InterruptedException {
        String ids = run("docker ps -q --filter label=io.gantry.app=" + app);
        return Math.toIntExact(ids.lines().count());
    }

    /** As when the power fails. */
    void kill() throws IOException, InterruptedException {
        Command.run("docker", "kill", "-s", "KILL", container);
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
