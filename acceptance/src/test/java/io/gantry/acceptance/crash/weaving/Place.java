package io.gantry.acceptance.crash.weaving;

import java.util.List;

/**
 * A method of the product at which a process can be made to end: before it does anything, or after it has done all.
 *
 * @param name as failpoints call it
 * @param type its class, as the JVM writes it
 * @param tells what its argument tells
 */
record Place(String name, String type, String method, Tells tells) {
    enum Tells {
        NOTHING,
        /** The first: what it is done with. */
        MEANS,
        /** The first: what the thread is about from now on. */
        SUBJECT,
        /** The second: what it does about that now. */
        STEP
    }

    static final String INBOX = "io/gantry/messaging/OncePerMessage";

    private static final String DEPLOYER = "io/gantry/deployer/";
    private static final String SCHEDULER = "io/gantry/scheduler/";
    private static final String LIFECYCLE_MANAGER = "io/gantry/lifecyclemanager/";

    static final List<Place> ALL = List.of(
            // What a thread is about.
            scope("message", INBOX, "invoke"),
            scope("relay", "io/gantry/messaging/OutboxRelay", "send"),
            scope("work", DEPLOYER + "work/Performance", "perform"),
            scope("request", SCHEDULER + "deployment/DeploymentController", "request"),
            scope("upload", SCHEDULER + "version/Uploads", "take"),
            scope("grant", SCHEDULER + "version/GrantedUploadController", "grant"),
            scope("done", SCHEDULER + "version/GrantedUploadController", "done"),
            scope("plan", SCHEDULER + "schedule/ScheduleController", "add"),
            scope("fire", SCHEDULER + "schedule/ScheduleRuns", "fire"),
            scope("restart", LIFECYCLE_MANAGER + "restart/RestartController", "service"),
            scope("step", LIFECYCLE_MANAGER + "reconciliation/StepRuns", "take"),
            new Place("advance", DEPLOYER + "request/Legs", "advance", Tells.STEP),
            // What it does then.
            new Place(
                    "commit",
                    "org/springframework/jdbc/datasource/DataSourceTransactionManager",
                    "doCommit",
                    Tells.MEANS),
            place("mark", "io/gantry/messaging/OutboxRelay", "markSent"),
            place("store", SCHEDULER + "version/Bundles", "put"),
            place("fetch", DEPLOYER + "build/Bundles", "fetch"),
            place("build", DEPLOYER + "build/EngineImageBuilder", "build"),
            place("follow-build", DEPLOYER + "build/EngineImageBuilder", "follow"),
            place("push", DEPLOYER + "build/EngineImageBuilder", "push"),
            place("follow-stream", DEPLOYER + "node/EngineStream", "awaitEnd"),
            place("create", DEPLOYER + "rollout/ContainerStarts", "create"),
            place("start", DEPLOYER + "rollout/ContainerStarts", "startCreated"),
            place("revive", DEPLOYER + "rollout/ContainerStarts", "startAgain"),
            place("stop", DEPLOYER + "rollout/EngineContainerHost", "stopAndRemove"),
            place("end", DEPLOYER + "rollout/EngineContainerHost", "stop"),
            place("remove", DEPLOYER + "rollout/EngineContainerHost", "remove"),
            place("remove-network", DEPLOYER + "rollout/EngineContainerHost", "removeNetwork"));

    private static Place scope(String name, String type, String method) {
        return new Place(name, type, method, Tells.SUBJECT);
    }

    private static Place place(String name, String type, String method) {
        return new Place(name, type, method, Tells.NOTHING);
    }
}
