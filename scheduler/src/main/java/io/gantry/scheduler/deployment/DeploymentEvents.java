package io.gantry.scheduler.deployment;

import io.gantry.scheduler.live.EventStreams;
import io.gantry.scheduler.live.EventStreams.Next;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells a deployment whenever it has another revision. Each event is the whole, so a reader that missed some misses nothing. */
final class DeploymentEvents implements EventStreams.Source {
    private final Supplier<Deployment> newest;
    private final Function<Deployment, DeploymentView> view;
    private String told;

    /** @param lastEventId the revision that the reader has seen */
    DeploymentEvents(
            @Nullable String lastEventId, Supplier<Deployment> newest, Function<Deployment, DeploymentView> view) {
        this.told = lastEventId == null ? "" : lastEventId;
        this.newest = newest;
        this.view = view;
    }

    boolean hasTold(Deployment deployment) {
        return told.equals(id(deployment));
    }

    @Override
    public Next tell(SseEmitter reader) throws IOException {
        Deployment deployment = newest.get();
        if (!hasTold(deployment)) {
            reader.send(SseEmitter.event()
                    .id(id(deployment))
                    .name("deployment")
                    .data(view.apply(deployment), MediaType.APPLICATION_JSON));
            told = id(deployment);
        }
        return deployment.isOver() ? Next.NOTHING : Next.MORE;
    }

    private static String id(Deployment deployment) {
        return Long.toString(deployment.revision());
    }
}
