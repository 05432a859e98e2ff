package io.gantry.machines.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs scripts in a platform service's container, by the programs and as the user of its image.
 *
 * @param container its name
 */
record ContainerShell(EngineCalls calls, String container) {
    /** Of what a script complains about, the end says most. */
    private static final int COMPLAINT = 2_000;

    /**
     * Runs a script to its end.
     *
     * @param what the end of the sentence when it fails: "The engine on vm-1 could not ..."
     * @param parameters as environment variables
     * @param out is given what the script writes, as it comes; nothing of it is kept
     * @return what it said on its standard error
     * @throws MachineFailure if the script fails, or the engine does not answer
     * @throws UncheckedIOException if {@code out} takes no more
     */
    String run(String what, String script, Map<String, String> parameters, OutputStream out) {
        var heard = new Heard(out);
        try {
            return run(what, script, parameters, heard);
        } catch (MachineFailure failure) {
            heard.requireWritten();
            throw failure;
        }
    }

    private String run(String what, String script, Map<String, String> parameters, Heard heard) {
        return calls.asking(what, docker -> {
            String exec = docker.execCreateCmd(container)
                    .withCmd("bash", "-euo", "pipefail", "-c", script)
                    .withEnv(parameters.entrySet().stream()
                            .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                            .toList())
                    .withAttachStdout(true)
                    .withAttachStderr(true)
                    .exec()
                    .getId();
            Pieces.awaitEndOf(docker.execStartCmd(exec).exec(heard));
            Long exitCode = docker.inspectExecCmd(exec).exec().getExitCodeLong();
            if (!Objects.equals(exitCode, 0L)) {
                throw failed(what, heard.complaint());
            }
            return heard.complaint();
        });
    }

    String ask(String what, String script, Map<String, String> parameters) {
        var answer = new ByteArrayOutputStream();
        run(what, script, parameters, answer);
        return answer.toString(UTF_8);
    }

    private MachineFailure failed(String what, String complaint) {
        return new MachineFailure(
                Reason.COMMAND_FAILED,
                "The container %s on %s could not %s: %s".formatted(container, calls.machine(), what, complaint));
    }

    boolean runs() {
        return calls.asking("look for " + container, this::runs);
    }

    private boolean runs(DockerClient docker) {
        try {
            return Boolean.TRUE.equals(
                    docker.inspectContainerCmd(container).exec().getState().getRunning());
        } catch (NotFoundException absent) {
            return false;
        }
    }

    /** Writes what comes, at the pace of whoever takes it: the engine waits meanwhile. */
    private static final class Heard extends ResultCallback.Adapter<Frame> {
        private final OutputStream out;
        private final StringBuilder complaint = new StringBuilder();
        private volatile @Nullable IOException unwritable;

        Heard(OutputStream out) {
            this.out = out;
        }

        @Override
        public void onNext(Frame frame) {
            if (frame.getStreamType() == StreamType.STDERR) {
                complaint.append(new String(frame.getPayload(), UTF_8));
                return;
            }
            try {
                out.write(frame.getPayload());
            } catch (IOException full) {
                unwritable = full;
                throw new UncheckedIOException(full);
            }
        }

        /** That nobody takes what comes is no fault of the machine. */
        void requireWritten() {
            IOException full = unwritable;
            if (full != null) {
                throw new UncheckedIOException("What was read can't be written", full);
            }
        }

        String complaint() {
            String all = complaint.toString().strip();
            return all.substring(Math.max(0, all.length() - COMPLAINT));
        }
    }
}
