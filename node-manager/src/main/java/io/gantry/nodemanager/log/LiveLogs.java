package io.gantry.nodemanager.log;

import io.gantry.contract.registry.Instance;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The logs that somebody follows. They end when the reader leaves, and before the web server waits for its last answers. */
@Component
class LiveLogs implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(LiveLogs.class);
    private static final long FOR_EVER = 0;

    private final InstanceLogs logs;
    private final InstantSource clock;
    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    LiveLogs(InstanceLogs logs, InstantSource clock) {
        this.logs = logs;
        this.clock = clock;
    }

    /** @param goesOn whether there may be more when none of the instances runs */
    SseEmitter follow(Supplier<List<Instance>> instances, LogRange range, boolean goesOn) {
        SseEmitter emitter = new SseEmitter(FOR_EVER);
        LiveLog live = new LiveLog(logs, instances, range, new EventSink(emitter), clock);
        Thread reader = Thread.ofVirtual().name("log-", 0).unstarted(() -> show(live, goesOn, emitter));
        emitter.onCompletion(reader::interrupt);
        reader.start();
        return emitter;
    }

    private void show(LiveLog live, boolean goesOn, SseEmitter emitter) {
        readers.add(Thread.currentThread());
        try (live) {
            live.show(goesOn);
            emitter.complete();
        } catch (IOException | InterruptedException | IllegalStateException left) {
            log.debug("The reader of a log left", left);
            emitter.complete();
        } catch (RuntimeException failure) {
            emitter.completeWithError(failure);
        } finally {
            readers.remove(Thread.currentThread());
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        readers.forEach(Thread::interrupt);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
