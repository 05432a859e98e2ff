package io.gantry.bootstrapper.platform;

/** The services that the command line talks to. */
public enum PlatformService {
    LIFECYCLE_MANAGER("lifecycle-manager"),
    SCHEDULER("scheduler"),
    DEPLOYER("deployer"),
    LOAD_BALANCER("load-balancer"),
    NODE_MANAGER("node-manager"),
    MONITORING("monitoring");

    private final String title;

    PlatformService(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
