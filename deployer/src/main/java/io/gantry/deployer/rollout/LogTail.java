package io.gantry.deployer.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import io.gantry.contract.Failure;
import io.gantry.deployer.node.PlainText;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The last lines of what a container printed. */
final class LogTail {
    private static final int WITHIN_SECONDS = 10;
    private static final int MOST_BYTES = 1 << 20;

    private LogTail() {}

    static List<String> of(DockerClient docker, String container) {
        Gathering frames = new Gathering();
        try {
            docker.logContainerCmd(container)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withTail(Failure.LOG_LINES)
                    .exec(frames)
                    .awaitCompletion(WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (NotFoundException gone) {
            return List.of();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return lines(frames.text());
    }

    private static List<String> lines(String text) {
        List<String> lines = text.lines().map(PlainText::of).toList();
        return lines.subList(Math.max(0, lines.size() - Failure.LOG_LINES), lines.size());
    }

    private static final class Gathering extends ResultCallback.Adapter<Frame> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public synchronized void onNext(Frame frame) {
            if (bytes.size() < MOST_BYTES) {
                bytes.writeBytes(frame.getPayload());
            }
        }

        synchronized String text() {
            return bytes.toString(UTF_8);
        }
    }
}
