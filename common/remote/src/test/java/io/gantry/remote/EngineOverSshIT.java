package io.gantry.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import io.gantry.remote.Unreachable.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine of this machine, reached as if it were another's. */
class EngineOverSshIT {
    @TempDir
    Path folder;

    private SshServerHere server;
    private Engines engines;
    private Engine engine;

    @BeforeEach
    void start() throws IOException {
        server = new SshServerHere(folder);
        engines = new Engines(server.keyFile());
        engine = engines.of(server.engine(), server.hostKey());
    }

    @AfterEach
    void stop() throws IOException {
        engines.close();
        server.close();
    }

    @Test
    void the_engine_answers_as_it_does_locally() {
        var local = engines.of(URI.create("unix:///var/run/docker.sock"), null);
        assertThat(engine.docker().infoCmd().exec().getId())
                .isEqualTo(local.docker().infoCmd().exec().getId());
    }

    @Test
    void many_calls_at_once_share_one_session() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 200)
                    .forEach(
                            i -> threads.execute(() -> engine.docker().pingCmd().exec()));
        }
        assertThat(server.sessions()).isEqualTo(1);
    }

    @Test
    void after_a_lost_session_the_next_call_goes_through_a_new_one() {
        engine.docker().pingCmd().exec();
        server.cutSessions();
        await().ignoreExceptionsInstanceOf(Unreachable.class)
                .untilAsserted(() -> engine.docker().createContainerCmd("no-such-image:1"));
        await().ignoreExceptionsInstanceOf(Unreachable.class)
                .untilAsserted(() -> engine.docker().pingCmd().exec());
        assertThat(server.sessions()).isEqualTo(2);
    }

    @Test
    void a_stream_ends_when_its_session_is_lost() throws InterruptedException {
        var started = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        engine.docker().eventsCmd().exec(new ResultCallback.Adapter<Event>() {
            @Override
            public void onStart(Closeable stream) {
                super.onStart(stream);
                started.countDown();
            }

            @Override
            public void onError(Throwable throwable) {
                super.onError(throwable);
                ended.countDown();
            }

            @Override
            public void onComplete() {
                super.onComplete();
                ended.countDown();
            }
        });
        assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
        server.cutSessions();
        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_changed_host_key_is_refused_before_anything_is_said() throws IOException {
        server.restartWithAnotherHostKey();
        assertThatThrownBy(() -> engine.docker().pingCmd().exec())
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.HOST_KEY_CHANGED));
    }

    @Test
    void a_machine_without_engine_is_told_apart_from_no_machine() {
        var without = engines.of(URI.create(server.engine() + "/run/no-engine.sock"), server.hostKey());
        assertThatThrownBy(without::docker)
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.NO_ENGINE))
                .hasMessageStartingWith(server.target() + " does not open its socket /run/no-engine.sock to us");
    }
}
