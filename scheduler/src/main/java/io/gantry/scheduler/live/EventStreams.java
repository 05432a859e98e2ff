package io.gantry.scheduler.live;

import io.gantry.scheduler.live.Watch.Woken;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Server-sent events: what is there at once, what comes later at the moment it is committed. */
@Component
public class EventStreams {
    private static final Duration MOMENT = Duration.ofSeconds(5);

    private final Changes changes;
    private final LiveSettings settings;

    EventStreams(Changes changes, LiveSettings settings) {
        this.changes = changes;
        this.settings = settings;
    }

    /** What may come after what has been told. */
    public enum Next {
        MORE,
        /** The last words, until a moment has passed without news; the source is asked once more after it. */
        LAST_WORDS,
        NOTHING
    }

    /** What a stream tells. */
    public interface Source {
        /** Sends what is new since the last call. */
        Next tell(SseEmitter reader) throws IOException;
    }

    /** @param subjects whose changes may be news for the source */
    public SseEmitter open(Collection<String> subjects, Source source) {
        SseEmitter reader = new SseEmitter(0L);
        Watch watch = changes.watch(subjects);
        reader.onCompletion(watch::end);
        Thread.ofVirtual().name("events-", 0).start(() -> tell(reader, watch, source));
        return reader;
    }

    private void tell(SseEmitter reader, Watch watch, Source source) {
        try (watch) {
            Next next = source.tell(reader);
            while (goesOn(next, reader, watch)) {
                next = source.tell(reader);
            }
            if (next == Next.LAST_WORDS) {
                source.tell(reader);
            }
            reader.complete();
        } catch (InterruptedException | IOException | IllegalStateException gone) {
            reader.complete();
        } catch (RuntimeException failed) {
            reader.completeWithError(failed);
        }
    }

    private boolean goesOn(Next next, SseEmitter reader, Watch watch) throws InterruptedException, IOException {
        return switch (next) {
            case MORE -> awaitsMore(reader, watch);
            case LAST_WORDS -> watch.await(MOMENT) == Woken.CHANGED;
            case NOTHING -> false;
        };
    }

    /** After a heartbeat the source is asked anew, so that news that got lost on its way comes no later than that. */
    private boolean awaitsMore(SseEmitter reader, Watch watch) throws InterruptedException, IOException {
        Woken woken = watch.await(settings.heartbeat());
        if (woken == Woken.NOTHING_NEW) {
            reader.send(SseEmitter.event().comment("still here"));
        }
        return woken != Woken.ENDED;
    }
}
