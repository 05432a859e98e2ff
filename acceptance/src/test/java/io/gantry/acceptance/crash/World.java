package io.gantry.acceptance.crash;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What there is, as it looks from outside at one moment: by the engine, by the services' answers, by their tables.
 *
 * @param deployments of the scheduler
 * @param requests of the deployer
 * @param replies one for each final reply that a deployer has put in its outbox
 * @param recorded the images that were built, by digest
 * @param portsHeld who holds which port, as the deployer knows it
 * @param reserved the instances for which the load-balancer sets something aside
 * @param blobs the SHA-256 of what blob storage has, of its bytes
 * @param unsettled what is still to be sent or to be done
 * @param ownerless what nobody answers for: images, networks, files
 * @param steps of the lifecycle managers, in the order in which they were entered
 */
record World(
        List<Container> containers,
        List<Row> rows,
        List<Deployment> deployments,
        List<Request> requests,
        List<Reply> replies,
        List<Recorded> recorded,
        List<PortHeld> portsHeld,
        List<Reserved> reserved,
        List<Version> versions,
        List<String> blobs,
        List<Run> runs,
        List<Unsettled> unsettled,
        List<String> ownerless,
        List<Step> steps) {
    /** @param image by digest, as it was created from */
    record Container(
            String name,
            String app,
            String service,
            int version,
            String instance,
            String node,
            String image,
            @Nullable Integer port,
            boolean runs) {}

    record Row(String instance, String app, String state) {}

    /** @param mode those that the platform asks for itself are among them */
    record Deployment(String token, String app, String mode, String state) {}

    record Request(String token, String app, @Nullable String outcome) {}

    record Reply(String token, String app, String outcome) {}

    record Recorded(String app, String service, int version, String reference) {}

    record PortHeld(String node, int port, String instance) {}

    record Reserved(String instance, String app, String node, String state) {}

    record Version(String app, int version, String sha256) {}

    record Run(
            String app,
            String schedule,
            Instant due,
            @Nullable String deployment) {}

    /** @param app none where it can't be told */
    record Unsettled(@Nullable String app, String what) {}

    /** @param fencing the number of the lease of the one that entered it */
    record Step(long fencing, String what) {}

    static World empty() {
        return ofSteps(List.of());
    }

    /** What lifecycle managers did, and nothing else. */
    static World ofSteps(List<Step> steps) {
        return new World(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                List.of(), List.of(), List.of(), List.of(), steps);
    }

    /** The part of it that is about one app. What can't be told to be about an app is left out. */
    World of(String app) {
        return new World(
                only(containers, each -> each.app().equals(app)),
                only(rows, each -> each.app().equals(app)),
                only(deployments, each -> each.app().equals(app)),
                only(requests, each -> each.app().equals(app)),
                only(replies, each -> each.app().equals(app)),
                only(recorded, each -> each.app().equals(app)),
                only(portsHeld, each -> each.instance().startsWith(app + "-")),
                only(reserved, each -> each.app().equals(app)),
                only(versions, each -> each.app().equals(app)),
                blobs,
                only(runs, each -> each.app().equals(app)),
                only(unsettled, each -> app.equals(each.app())),
                List.of(),
                List.of());
    }

    private static <T> List<T> only(List<T> all, Predicate<T> about) {
        return all.stream().filter(about).toList();
    }

    Stream<Container> running() {
        return containers.stream().filter(Container::runs);
    }
}
