package io.gantry.deployer.build;

import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.LocalImage;
import io.gantry.deployer.registry.PretendedRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Primary;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.test.context.event.annotation.AfterTestMethod;
import org.springframework.test.context.event.annotation.BeforeTestMethod;

/** Builds nothing, says that it did, and fails or takes its time where a test wants it to. */
@TestComponent
@Primary
public class PretendedBuilder implements ImageBuilder {
    public final List<String> built = new CopyOnWriteArrayList<>();
    public final List<String> stopped = new CopyOnWriteArrayList<>();
    public final List<String> tidied = new CopyOnWriteArrayList<>();
    public final List<String> discarded = new CopyOnWriteArrayList<>();
    public volatile @Nullable String failure;

    /** As when whoever is to push is not the one who built. */
    public volatile boolean elsewhere;

    /** How often it was tried to tidy up. */
    public final AtomicInteger tidyings = new AtomicInteger();

    /** How many of these find the engine away. */
    public volatile int awayFor;

    /** As when whoever is to tidy up is not the one who built. */
    public volatile boolean untidyElsewhere;

    /** Where images are pushed to, if a test wants to see them there. */
    public volatile @Nullable PretendedRegistry registry;

    private volatile boolean slow;
    private final Semaphore mayEnd = new Semaphore(0);

    /** Builds do not end before {@link #letOneEnd}. */
    public void takeTime() {
        slow = true;
    }

    public void letOneEnd() {
        mayEnd.release();
    }

    @Override
    public Built build(Plan plan, BuildWatch watch) throws InterruptedException {
        watch.onLines(List.of("Step 1/2 : FROM base", "Step 2/2 : COPY . ./"));
        while (slow && !mayEnd.tryAcquire(50, TimeUnit.MILLISECONDS)) {
            if (!watch.isWanted()) {
                stopped.add(plan.dockerfile().text());
                return new Built.Stopped(null);
            }
        }
        @Nullable String reason = failure;
        if (reason != null) {
            watch.onLines(List.of("npm error code E404"));
            return new Built.Failed(reason, 2, null);
        }
        built.add(plan.dockerfile().text());
        return new Built.Succeeded("sha256:" + built.size(), null);
    }

    @Override
    public Pushed push(LegId leg, LocalImage image, int version) {
        if (elsewhere) {
            return new Pushed.NothingToPush();
        }
        String repository = "local/%s/%s".formatted(leg.app(), leg.service());
        String digest = "sha256:%064d".formatted(version);
        PretendedRegistry target = registry;
        if (target == null) {
            return new Pushed.As("registry/" + repository + "@" + digest);
        }
        target.hold(repository, Integer.toString(version), digest);
        return new Pushed.As(target.address() + "/" + repository + "@" + digest);
    }

    @Override
    public boolean tidy(LegId leg, LocalImage image, int version) {
        if (tidyings.incrementAndGet() <= awayFor) {
            throw new IllegalStateException("The engine is away");
        }
        if (!untidyElsewhere) {
            tidied.add(image.id());
        }
        return !untidyElsewhere;
    }

    @Override
    public void keep(LegId leg, String layer) {}

    @Override
    public void discard(LegId leg) {
        discarded.add(leg.app() + "/" + leg.service());
    }

    @Override
    public void removeLeftovers() {}

    /** Also lets go what is still being built, before that is waited for. */
    @BeforeTestMethod
    @AfterTestMethod
    @Order(Ordered.HIGHEST_PRECEDENCE)
    public void reset() {
        slow = false;
        failure = null;
        elsewhere = false;
        tidyings.set(0);
        awayFor = 0;
        untidyElsewhere = false;
        registry = null;
        built.clear();
        stopped.clear();
        tidied.clear();
        discarded.clear();
        mayEnd.drainPermits();
    }
}
