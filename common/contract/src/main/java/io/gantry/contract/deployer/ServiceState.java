package io.gantry.contract.deployer;

/** How far one service of a deployment has come; the steps of the way, then the ends. */
public enum ServiceState {
    /** Accepted; waits for an earlier request for the same service, or for a place among the builds. */
    QUEUED,
    /** The zip is fetched and the image built. */
    BUILDING,
    PUSHING,
    /** Waits for the load-balancer to name a node. */
    PLACING,
    /** The image is pulled and the container started. */
    STARTING,
    /** The container runs; its health check has not answered well yet. */
    VERIFYING,
    REGISTERING,
    /** Instances are being stopped and removed. */
    STOPPING,
    /** Final: built and pushed. */
    BUILT,
    /** Final: every instance wanted serves and is registered. For a job: it ran to its end. */
    RUNNING,
    /** Final: no instance is left. */
    STOPPED,
    /** Final. */
    FAILED,
    /** Final. */
    CANCELLED,
    /** Final: the deadline passed first. */
    TIMED_OUT;

    public boolean isFinal() {
        return compareTo(BUILT) >= 0;
    }
}
