package io.gantry.machines.platform;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import io.gantry.registry.NoRegistryLogin;
import io.gantry.remote.Engine;
import io.gantry.remote.Unreachable;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Calls to one machine's engine; what stands in the way becomes a {@link MachineFailure}. */
record EngineCalls(Engine engine, String machine) {
    private static final Pattern FULL = Pattern.compile("(?i)no space left on device");

    /** @param what the end of the sentence when it fails: "The engine on vm-1 could not ..." */
    <T> T asking(String what, Function<DockerClient, T> question) {
        try {
            return question.apply(engine.docker());
        } catch (Unreachable failure) {
            throw MachineFailure.of(machine, failure);
        } catch (DockerException | DockerClientException refused) {
            throw refused(what, refused);
        } catch (NoRegistryLogin nobody) {
            throw new MachineFailure(Reason.COMMAND_FAILED, String.valueOf(nobody.getMessage()), nobody);
        } catch (UncheckedIOException broken) {
            throw new MachineFailure(
                    Reason.NO_ANSWER,
                    "The connection to the engine on %s broke while that was to %s (%s). See that %s is switched on and reachable, then try again."
                            .formatted(machine, what, broken.getCause(), machine),
                    broken);
        }
    }

    void doing(String what, Consumer<DockerClient> change) {
        asking(what, docker -> {
            change.accept(docker);
            return what;
        });
    }

    MachineFailure refused(String what, Exception cause) {
        String said = String.valueOf(cause.getMessage());
        if (FULL.matcher(said).find()) {
            return new MachineFailure(
                    Reason.DISK_FULL,
                    "The engine on %s could not %s, its disk is full. Free some space there, or give it a larger disk."
                            .formatted(machine, what),
                    cause);
        }
        return new MachineFailure(
                Reason.COMMAND_FAILED,
                "The engine on %s could not %s: %s".formatted(machine, what, said.strip()),
                cause);
    }
}
