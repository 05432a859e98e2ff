package io.gantry.deployer.rollout;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.WaitResponse;
import io.gantry.contract.InstanceId;
import io.gantry.deployer.rollout.ContainerHost.Exit;
import io.gantry.deployer.rollout.ContainerHost.Watch;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits in an open call to the engine, which answers when the container ends. */
final class EngineWatch implements Watch, ResultCallback<WaitResponse> {
    private final DockerClient docker;
    private final InstanceId instance;
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private @Nullable Closeable call;
    private boolean closed;

    private EngineWatch(DockerClient docker, InstanceId instance) {
        this.docker = docker;
        this.instance = instance;
    }

    static Watch on(DockerClient docker, InstanceId instance) {
        return docker.waitContainerCmd(instance.value()).exec(new EngineWatch(docker, instance));
    }

    @Override
    public Optional<Exit> exitWithin(Duration wait) throws InterruptedException {
        try {
            boolean there = ended.get(wait.toNanos(), TimeUnit.NANOSECONDS);
            return Optional.of(there ? exit() : new Exit(null, OutOfMemory.NOT_KNOWN));
        } catch (TimeoutException stillRuns) {
            return Optional.empty();
        } catch (ExecutionException broken) {
            throw new IllegalStateException("Lost sight of " + instance, broken.getCause());
        }
    }

    private Exit exit() throws InterruptedException {
        try {
            InspectContainerResponse container =
                    docker.inspectContainerCmd(instance.value()).exec();
            Long code = container.getState().getExitCodeLong();
            return new Exit(code == null ? null : code.intValue(), Autopsy.of(docker, container));
        } catch (NotFoundException removedMeanwhile) {
            return new Exit(null, OutOfMemory.NOT_KNOWN);
        }
    }

    @Override
    public synchronized void onStart(Closeable started) {
        call = started;
        if (closed) {
            cut(started);
        }
    }

    @Override
    public void onNext(WaitResponse response) {
        ended.complete(true);
    }

    @Override
    public void onError(Throwable failure) {
        if (failure instanceof NotFoundException) {
            ended.complete(false);
        } else {
            ended.completeExceptionally(failure);
        }
    }

    @Override
    public void onComplete() {
        ended.completeExceptionally(new IOException("The engine stopped waiting"));
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (call != null) {
            cut(call);
        }
    }

    private static void cut(Closeable call) {
        try {
            call.close();
        } catch (IOException alreadyBroken) {
            return;
        }
    }
}
