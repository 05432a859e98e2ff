package io.gantry.machines.platform;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.model.ResponseItem;
import java.util.concurrent.CancellationException;

/** Answers that an engine gives piece by piece; it may still fail after it has begun. */
final class Streams {
    private Streams() {}

    /** @throws DockerClientException if this piece says that it failed */
    static void refuse(ResponseItem item) {
        if (item.getErrorDetail() != null) {
            throw new DockerClientException(String.valueOf(item.getErrorDetail().getMessage()));
        }
    }

    static void await(ResultCallback.Adapter<?> answer) {
        try {
            answer.awaitCompletion();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Whoever waited was asked to stop");
        }
    }
}
