package io.gantry.benchmarks.platform;

import com.github.dockerjava.api.DockerClient;
import io.gantry.benchmarks.engine.Recipe;
import io.gantry.benchmarks.engine.Start;
import io.gantry.remote.Labels;
import java.io.IOException;
import java.util.function.Predicate;

/** An app that is built and can be run, and what its containers are made like. */
public record Stage(Api api, App app, int version) {
    /** Uploads it and builds it. */
    public static Stage built(Api api, App app, byte[] zip) throws IOException, InterruptedException {
        int version = api.upload(app, zip);
        api.awaitEnd(api.request("BUILD", app, version)).succeeded();
        return new Stage(api, app, version);
    }

    /** @return the token of the deployment */
    public String run() throws IOException, InterruptedException {
        return api.request("RUN", app, version);
    }

    public Deployment ended(String token) throws IOException, InterruptedException {
        return api.awaitEnd(token).succeeded();
    }

    public void stop() throws IOException, InterruptedException {
        ended(api.stop(app));
    }

    /** Learnt from a container that is started for it; the app does not run when this returns. */
    public Recipe recipe(DockerClient docker) throws IOException, InterruptedException {
        Deployment deployment = ended(run());
        String container =
                deployment.services().getFirst().instances().getFirst().id();
        Recipe recipe = Recipe.of(docker.inspectContainerCmd(container).exec());
        stop();
        return recipe;
    }

    /** Whether a container was started for this deployment. */
    public static Predicate<Start> startFor(String token) {
        return start -> start.has(Labels.DEPLOYMENT, token);
    }

    public Predicate<Start> start() {
        return start -> start.has(Labels.APP, app.name());
    }
}
