package io.gantry.lifecyclemanager.reconciliation;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.dao.DataAccessException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Reads what is news for one who listens. The news may come from another lifecycle manager, so they are asked for. */
final class NewsReader {
    private static final Duration EVERY = Duration.ofMillis(400);
    private static final int QUIET_ROUNDS = 25;

    private final Progress progress;
    private final StepLog steps;
    private final SseEmitter reader = new SseEmitter(0L);
    private final Semaphore gone = new Semaphore(0);
    private long seen;
    private int quiet;

    /** @param seen the number of the last news that the listener has seen */
    NewsReader(Progress progress, StepLog steps, long seen) {
        this.progress = progress;
        this.steps = steps;
        this.seen = seen;
    }

    SseEmitter start() {
        reader.onCompletion(gone::release);
        Thread.ofVirtual().name("news-", 0).start(this::tellOn);
        return reader;
    }

    private void tellOn() {
        try {
            do {
                tell();
            } while (!gone.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (IOException | IllegalStateException | InterruptedException | DataAccessException over) {
            reader.complete();
        }
    }

    private void tell() throws IOException {
        long before = seen;
        Progress.Shown now = progress.find();
        for (StepRow step : steps.after(seen)) {
            send("step", step.news(), step);
        }
        if (now.news() > before) {
            send("progress", Math.max(now.news(), seen), now);
        }
        quiet = seen > before ? 0 : quiet + 1;
        if (quiet == QUIET_ROUNDS) {
            quiet = 0;
            reader.send(SseEmitter.event().comment("still here"));
        }
    }

    private void send(String name, long news, Object what) throws IOException {
        reader.send(SseEmitter.event().id(Long.toString(news)).name(name).data(what));
        seen = Math.max(seen, news);
    }
}
