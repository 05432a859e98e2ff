package io.gantry.acceptance.crash;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;

/** A client who asks again until he is answered: the service that he asks may be down, or go down before it answers. */
final class Persistent {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private Persistent() {}

    static <T> T ask(String what, Callable<T> question) {
        return await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(question, answer -> true);
    }
}
