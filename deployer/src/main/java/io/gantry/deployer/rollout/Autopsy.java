package io.gantry.deployer.rollout;

import static io.gantry.deployer.rollout.OutOfMemory.LIKELY;
import static io.gantry.deployer.rollout.OutOfMemory.NOT_KNOWN;
import static io.gantry.deployer.rollout.OutOfMemory.TOLD;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Of what a container ended that was killed. An engine hears of want of memory apart from the end, and not at all of what happens in a
 * container's first moments, before it listens for that; so the flag that a container shows is not always set, then or later. By
 * its events an engine tells more: what it heard of late, and whether anybody asked it to kill.
 */
final class Autopsy {
    static final int KILLED = 137;

    /** Of the engine's time, after the container's end. */
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(3);

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

    private Autopsy() {}

    static OutOfMemory of(DockerClient docker, InspectContainerResponse container) throws InterruptedException {
        ContainerState state = container.getState();
        Long code = state.getExitCodeLong();
        if (Boolean.TRUE.equals(state.getOOMKilled())) {
            return TOLD;
        }
        return code != null && code == KILLED ? byEvents(docker, container) : NOT_KNOWN;
    }

    /** Asked by the whole id: a name stands for all that begin with it. */
    static OutOfMemory byEvents(DockerClient docker, InspectContainerResponse container) throws InterruptedException {
        ContainerState state = container.getState();
        Evidence evidence = docker.eventsCmd()
                .withContainerFilter(container.getId())
                .withEventFilter("start", "oom", "kill")
                .withSince(seconds(instant(state.getStartedAt())))
                .withUntil(seconds(instant(state.getFinishedAt()).plus(TOLD_WITHIN)))
                .exec(new Evidence());
        try {
            boolean all =
                    evidence.awaitCompletion(TOLD_WITHIN.plus(ANSWERS_WITHIN).toSeconds(), TimeUnit.SECONDS);
            return evidence.verdict(all);
        } finally {
            evidence.onComplete();
        }
    }

    private static Instant instant(@Nullable String engineTime) {
        return Instant.parse(Objects.requireNonNull(engineTime));
    }

    private static String seconds(Instant instant) {
        return "%d.%09d".formatted(instant.getEpochSecond(), instant.getNano());
    }

    /** An engine keeps few events, and loses them when it is restarted: that nobody killed is known only if the start is there, too. */
    private static final class Evidence extends ResultCallback.Adapter<Event> {
        private static final String SIGKILL = "9";

        private volatile boolean reachesBack;
        private volatile @Nullable OutOfMemory settled;

        @Override
        public void onNext(Event event) {
            switch (event.getAction()) {
                case "start" -> reachesBack = true;
                case "oom" -> settle(TOLD);
                case "kill" -> {
                    if (SIGKILL.equals(signal(event))) {
                        settle(NOT_KNOWN);
                    }
                }
                case null, default -> {}
            }
        }

        private void settle(OutOfMemory verdict) {
            settled = verdict;
            onComplete();
        }

        private static @Nullable String signal(Event event) {
            EventActor actor = event.getActor();
            Map<String, String> attributes = actor == null ? null : actor.getAttributes();
            return attributes == null ? null : attributes.get("signal");
        }

        /** @param all whether the engine told all that it knows */
        OutOfMemory verdict(boolean all) {
            OutOfMemory known = settled;
            if (known != null) {
                return known;
            }
            return all && reachesBack ? LIKELY : NOT_KNOWN;
        }
    }
}
