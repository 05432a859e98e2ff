package io.gantry.deployer.rollout;

import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.registry.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where containers run, in the deployer's words. Every call may safely be repeated. What can't be known because the host
 * can't be reached is an exception; it may be tried again.
 */
interface ContainerHost {
    Duration USUAL_TIME_TO_END = Duration.ofSeconds(10);

    /** Starts a container, or finds that it was started already. The image is pulled where it is missing. */
    Start start(Node node, ContainerPlan plan) throws InterruptedException;

    /**
     * Starts a container again that has ended, or was paused, where it is and as it is.
     *
     * @return since when it runs; empty if there is none that can be started
     */
    Optional<Instant> startAgain(Node node, InstanceId instance);

    /** Keeps an eye on a container until it is closed. */
    Watch watch(Node node, InstanceId instance);

    /** The last lines that the container printed. */
    List<String> logOf(Node node, InstanceId instance);

    /** Asks the container to end, gives it its time, kills it. One that has ended, or is gone, stays as it is. */
    void stop(Node node, InstanceId instance, Duration timeToEnd);

    /** Asks the container to end, gives it its time, removes it; one that is paused is removed at once. */
    void stopAndRemove(Node node, InstanceId instance, Duration timeToEnd);

    /** Removes the container at once, and its image from the node if nothing else there uses it. */
    void removeWithImage(Node node, InstanceId instance);

    /**
     * Removes the images of a repository that no container on the node uses.
     *
     * @param kept those that stay all the same, by digest
     */
    void removeImages(Node node, String repository, Set<String> kept);

    /** Removes the network of an app if no container is in it. */
    void removeNetwork(Node node, AppName app);

    /** The labels of the fleet's containers on the node, running or not. */
    List<Map<String, String>> labelsOfAll(Node node);

    /** What came of a start. */
    sealed interface Start {
        /** @param port on the node; none where the container listens on none */
        record Running(@Nullable Integer port, Instant since) implements Start {}

        /** Another node may do. */
        record NodeUnfit(String reason) implements Start {}

        /** No node will do: the developer must change something. */
        record Rejected(String reason) implements Start {}

        /** The registry does not have the image. */
        record NoImage() implements Start {}

        /** A container of this name is there, and it is not ours. */
        record NameTaken(String reason) implements Start {}
    }

    /** Whether a container still runs. */
    interface Watch extends AutoCloseable {
        /**
         * Returns as soon as the container has ended.
         *
         * @return how it ended; empty if it still runs after so long
         */
        Optional<Exit> exitWithin(Duration wait) throws InterruptedException;

        @Override
        void close();
    }

    /** @param code none where the container is gone */
    record Exit(@Nullable Integer code, OutOfMemory outOfMemory) {}
}
