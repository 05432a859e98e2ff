package io.gantry.contract.topic;

import static io.gantry.contract.topic.Topic.Retention.COMPACTED;
import static io.gantry.contract.topic.Topic.Retention.HOUR;
import static io.gantry.contract.topic.Topic.Retention.WEEK;

import io.gantry.contract.deployer.BuildLog;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.fleet.ApiKey;
import io.gantry.contract.fleet.PlatformReplica;
import io.gantry.contract.fleet.PreparedMachine;
import io.gantry.contract.healing.RecoveryEvent;
import io.gantry.contract.healing.RecoveryRequest;
import io.gantry.contract.placement.CapacityReport;
import io.gantry.contract.placement.PlacementReply;
import io.gantry.contract.placement.PlacementRequest;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.RegistryCommand;
import io.gantry.contract.registry.RegistryEvent;
import io.gantry.contract.registry.Usage;
import java.util.List;

/** Every topic there is, once. {@code docs/flow.md} is rendered from it. */
public final class Topics {
    public static final String DEPLOYER_COMMANDS = "deployer.commands";
    public static final String DEPLOYER_EVENTS = "deployer.events";
    public static final String BUILD_LOGS = "deployer.build-logs";
    public static final String PLACEMENT_REQUESTS = "load-balancer.placement-requests";
    public static final String PLACEMENT_REPLIES = "load-balancer.placement-replies";
    public static final String CAPACITY = "load-balancer.capacity";
    public static final String REGISTRY_COMMANDS = "node-manager.registry-commands";
    public static final String REGISTRY_EVENTS = "node-manager.registry-events";
    public static final String INSTANCES = "node-manager.instances";
    public static final String NODES = "node-manager.nodes";
    public static final String USAGE = "node-manager.usage";
    public static final String RECOVERY_REQUESTS = "lifecycle-manager.recovery-requests";
    public static final String RECOVERY_EVENTS = "lifecycle-manager.recovery-events";
    public static final String MACHINES = "lifecycle-manager.machines";
    public static final String PLATFORM_REPLICAS = "lifecycle-manager.platform-replicas";
    public static final String API_KEYS = "lifecycle-manager.api-keys";

    static final String DEAD_LETTER_SUFFIX = ".dlt";

    private static final String SCHEDULER = "scheduler";
    private static final String DEPLOYER = "deployer";
    private static final String LOAD_BALANCER = "load-balancer";
    private static final String NODE_MANAGER = "node-manager";
    private static final String LIFECYCLE_MANAGER = "lifecycle-manager";
    private static final String MONITORING = "monitoring";

    public static final List<Topic> CATALOGUE = List.of(
            new Topic(
                    DEPLOYER_COMMANDS,
                    "app",
                    DeployerCommand.class,
                    List.of(SCHEDULER, LOAD_BALANCER, LIFECYCLE_MANAGER),
                    List.of(DEPLOYER),
                    WEEK),
            new Topic(
                    DEPLOYER_EVENTS,
                    "app",
                    DeployerEvent.class,
                    List.of(DEPLOYER),
                    List.of(SCHEDULER, LOAD_BALANCER, LIFECYCLE_MANAGER),
                    WEEK),
            new Topic(BUILD_LOGS, "deployment token", BuildLog.class, List.of(DEPLOYER), List.of(SCHEDULER), WEEK),
            new Topic(
                    PLACEMENT_REQUESTS,
                    "deployment token",
                    PlacementRequest.class,
                    List.of(DEPLOYER),
                    List.of(LOAD_BALANCER),
                    WEEK),
            new Topic(
                    PLACEMENT_REPLIES,
                    "deployment token",
                    PlacementReply.class,
                    List.of(LOAD_BALANCER),
                    List.of(DEPLOYER),
                    WEEK),
            new Topic(
                    CAPACITY, "fleet", CapacityReport.class, List.of(LOAD_BALANCER), List.of(LIFECYCLE_MANAGER), HOUR),
            new Topic(
                    REGISTRY_COMMANDS,
                    "instance id",
                    RegistryCommand.class,
                    List.of(DEPLOYER),
                    List.of(NODE_MANAGER),
                    WEEK),
            new Topic(
                    REGISTRY_EVENTS,
                    "instance id",
                    RegistryEvent.class,
                    List.of(NODE_MANAGER),
                    List.of(DEPLOYER),
                    WEEK),
            new Topic(
                    INSTANCES,
                    "instance id",
                    Instance.class,
                    List.of(NODE_MANAGER),
                    List.of(SCHEDULER, LOAD_BALANCER, LIFECYCLE_MANAGER, MONITORING),
                    COMPACTED),
            new Topic(
                    NODES,
                    "node id",
                    Node.class,
                    List.of(NODE_MANAGER),
                    List.of(DEPLOYER, LOAD_BALANCER, MONITORING),
                    COMPACTED),
            new Topic(USAGE, "node id", Usage.class, List.of(NODE_MANAGER), List.of(LOAD_BALANCER), HOUR),
            new Topic(
                    RECOVERY_REQUESTS,
                    "incident id",
                    RecoveryRequest.class,
                    List.of(MONITORING),
                    List.of(LIFECYCLE_MANAGER),
                    WEEK),
            new Topic(
                    RECOVERY_EVENTS,
                    "incident id",
                    RecoveryEvent.class,
                    List.of(LIFECYCLE_MANAGER),
                    List.of(MONITORING),
                    WEEK),
            new Topic(
                    MACHINES,
                    "machine",
                    PreparedMachine.class,
                    List.of(LIFECYCLE_MANAGER),
                    List.of(NODE_MANAGER, MONITORING),
                    COMPACTED),
            new Topic(
                    PLATFORM_REPLICAS,
                    "service@machine",
                    PlatformReplica.class,
                    List.of(LIFECYCLE_MANAGER),
                    List.of(MONITORING),
                    COMPACTED),
            new Topic(
                    API_KEYS,
                    "key id",
                    ApiKey.class,
                    List.of(LIFECYCLE_MANAGER),
                    List.of(SCHEDULER, DEPLOYER, LOAD_BALANCER, NODE_MANAGER, MONITORING),
                    COMPACTED));

    private Topics() {}

    /** @throws IllegalArgumentException if the catalogue has no such topic */
    public static Topic named(String name) {
        return CATALOGUE.stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No topic in the catalogue is named " + name));
    }
}
