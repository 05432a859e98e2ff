package io.gantry.loadbalancer;

import io.gantry.contract.AccessToken;
import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.manifest.Placement;
import io.gantry.contract.manifest.Resources;
import io.gantry.contract.manifest.Scale;
import io.gantry.contract.placement.PlacementRequest;
import io.gantry.contract.placement.PlacementRequest.Companion;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.InstanceState;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The shop, its services and the nodes they run on. */
public final class Fixtures {
    public static final AppName SHOP = new AppName("shop");
    public static final ServiceName WEB = new ServiceName("web");
    public static final ServiceId SHOP_WEB = new ServiceId(SHOP, WEB);
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    public static final Instant LATER = START.plusSeconds(600);
    public static final Resources HALF_A_CPU = new Resources(0.5, Memory.mebibytes(256), 256);
    private static final Resources NEXT_TO_NOTHING = new Resources(0.01, Memory.mebibytes(1), 1);
    private static final ServiceName LEFTOVERS = new ServiceName("leftovers");
    public static final Placement ANYWHERE = new Placement(Map.of(), true);

    private Fixtures() {}

    public static Node node(String id, double cpus, int mebibytes) {
        return new Node(
                new NodeId(id),
                URI.create("unix:///var/run/docker.sock"),
                null,
                "127.0.0.1",
                cpus,
                Memory.mebibytes(mebibytes),
                Map.of(),
                NodeState.READY,
                false,
                START);
    }

    public static Node labelled(Node node, Map<String, String> labels) {
        return new Node(
                node.id(),
                node.engine(),
                node.hostKey(),
                node.address(),
                node.cpus(),
                node.memory(),
                labels,
                node.state(),
                node.cordoned(),
                node.since());
    }

    public static Node cordoned(Node node) {
        return new Node(
                node.id(),
                node.engine(),
                node.hostKey(),
                node.address(),
                node.cpus(),
                node.memory(),
                node.labels(),
                node.state(),
                true,
                node.since());
    }

    public static Node unreachable(Node node) {
        return new Node(
                node.id(),
                node.engine(),
                node.hostKey(),
                node.address(),
                node.cpus(),
                node.memory(),
                node.labels(),
                NodeState.UNREACHABLE,
                node.cordoned(),
                node.since());
    }

    public static DeploymentToken deployment(int number) {
        return new DeploymentToken("d%015d".formatted(number));
    }

    public static AccessToken token(int number) {
        return new AccessToken("t%015d".formatted(number));
    }

    public static InstanceId instance(int number) {
        return InstanceId.of(SHOP, WEB, deployment(number), 0);
    }

    /** Instance, deployment and access token of the same number. */
    public static PlacementRequest.Place place(int number) {
        return place(number, token(number), HALF_A_CPU, ANYWHERE, Set.of());
    }

    public static PlacementRequest.Place place(
            int number,
            AccessToken token,
            Resources resources,
            Placement placement,
            Set<NodeId> avoid,
            Companion... companions) {
        return new PlacementRequest.Place(
                token,
                deployment(number),
                SHOP,
                WEB,
                1,
                instance(number),
                resources,
                placement,
                new Scale(1, 4, 70),
                List.of(companions),
                avoid,
                LATER);
    }

    /** Of a service that is not the only one of the shop, which needs next to nothing for the rest of it. */
    public static PlacementRequest.Place place(int number, ServiceName service) {
        return place(number, service, companion(0, LEFTOVERS, NEXT_TO_NOTHING, false));
    }

    /** One that needs half a CPU and is about to be asked for; its deployment has this number. */
    public static Companion companion(int number, ServiceName service) {
        return companion(number, service, HALF_A_CPU, true);
    }

    private static Companion companion(int number, ServiceName service, Resources resources, boolean onItsWay) {
        return new Companion(
                InstanceId.of(SHOP, service, deployment(number), 0), service, resources, Map.of(), onItsWay);
    }

    public static PlacementRequest.Place place(int number, ServiceName service, Companion... companions) {
        PlacementRequest.Place like = place(number);
        return new PlacementRequest.Place(
                like.accessToken(),
                like.deployment(),
                SHOP,
                service,
                1,
                InstanceId.of(SHOP, service, like.deployment(), 0),
                like.resources(),
                like.placement(),
                like.scale(),
                List.of(companions),
                Set.of(),
                LATER);
    }

    public static PlacementRequest.Place until(Instant deadline, PlacementRequest.Place place) {
        return new PlacementRequest.Place(
                place.accessToken(),
                place.deployment(),
                place.app(),
                place.service(),
                place.version(),
                place.instance(),
                place.resources(),
                place.placement(),
                place.scale(),
                place.companions(),
                place.avoid(),
                deadline);
    }

    /** As one of another app, of one service. */
    public static PlacementRequest.Place place(int number, AppName app) {
        PlacementRequest.Place like = place(number);
        return new PlacementRequest.Place(
                like.accessToken(),
                like.deployment(),
                app,
                WEB,
                1,
                InstanceId.of(app, WEB, like.deployment(), 0),
                like.resources(),
                like.placement(),
                like.scale(),
                List.of(),
                Set.of(),
                LATER);
    }

    public static PlacementRequest.Release release(int number) {
        return new PlacementRequest.Release(token(number), deployment(number), SHOP, instance(number));
    }

    public static Instance running(int number, NodeId node) {
        return registered(number, node, InstanceState.RUNNING);
    }

    public static Instance registered(int number, NodeId node, InstanceState state) {
        return registered(deployment(number), node, state);
    }

    /** The one instance of the shop's web that a request started. */
    public static Instance registered(DeploymentToken deployment, NodeId node, InstanceState state) {
        return new Instance(
                InstanceId.of(SHOP, WEB, deployment, 0),
                SHOP,
                WEB,
                1,
                Kind.SERVICE,
                "127.0.0.1:7080/shop/web@sha256:0",
                deployment,
                node,
                "127.0.0.1",
                20_000,
                HALF_A_CPU,
                null,
                START,
                state,
                null);
    }
}
