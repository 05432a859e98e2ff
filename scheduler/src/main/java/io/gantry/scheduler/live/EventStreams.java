package io.gantry.scheduler.live;

import io.gantry.scheduler.live.Watch.Woken;
import java.io.IOException;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Server-sent events: what is there at once, what comes later at the moment it is committed. */
@Component
public class EventStreams {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Changes changes;
    private final LiveSettings settings;

    EventStreams(Changes changes, LiveSettings settings) {
        this.changes = changes;
        this.settings = settings;
    }

    /** What may come after what has been told. */
    public enum Next {
        MORE,
        /** The last words, if they are not long in coming; the source is asked once more either way. */
        LAST_WORDS,
        NOTHING
    }

    /** What a stream tells. */
    public interface Source {
        /** Sends what is new since the last call. */
        Next tell(SseEmitter reader) throws IOException;
    }

    /** @param subject whose changes may be news for the source */
    public SseEmitter open(String subject, Source source) {
        SseEmitter reader = new SseEmitter(0L);
        Watch watch = changes.watch(subject);
        reader.onCompletion(watch::end);
        Thread.ofVirtual().name("events-", 0).start(() -> tell(reader, watch, source));
        return reader;
    }

    private void tell(SseEmitter reader, Watch watch, Source source) {
        try (watch) {
            Next next = source.tell(reader);
            while (next != Next.NOTHING && goesOn(next, reader, watch)) {
                next = source.tell(reader);
            }
            reader.complete();
        } catch (InterruptedException | IOException | IllegalStateException gone) {
            reader.complete();
        } catch (RuntimeException failed) {
            reader.completeWithError(failed);
        }
    }

    /** After a heartbeat the source is asked anew, so that news that got lost on its way comes no later than that. */
    private boolean goesOn(Next next, SseEmitter reader, Watch watch) throws InterruptedException, IOException {
        Woken woken = watch.await(next == Next.MORE ? settings.heartbeat() : MOMENT);
        if (woken == Woken.NOTHING_NEW && next == Next.MORE) {
            reader.send(SseEmitter.event().comment("still here"));
        }
        return woken != Woken.ENDED;
    }
}
