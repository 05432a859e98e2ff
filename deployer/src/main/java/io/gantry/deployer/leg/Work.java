package io.gantry.deployer.leg;

import io.gantry.contract.AccessToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.deployer.ServiceState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something to be done after the commit, outside: slow, and safe to repeat. Whoever does it looks first whether the leg
 * still waits for it, and tells the leg what came of it by an {@link Input}.
 */
public sealed interface Work extends Effect {
    /** Unique within the leg. */
    String key();

    /** What is done, in a word. */
    default String verb() {
        int end = key().indexOf('/');
        return end < 0 ? key() : key().substring(0, end);
    }

    /** The instance that it is done with, if it is one. */
    default @Nullable InstanceId instance() {
        return null;
    }

    /** The step that it takes the service through; none for what the service does not wait for. */
    default @Nullable ServiceState step() {
        return null;
    }

    record BuildImage() implements Work {
        @Override
        public String key() {
            return "build";
        }

        @Override
        public ServiceState step() {
            return ServiceState.BUILDING;
        }
    }

    record PushImage() implements Work {
        @Override
        public String key() {
            return "push";
        }

        @Override
        public ServiceState step() {
            return ServiceState.PUSHING;
        }
    }

    /** Leave nothing of a build on the build engine but its cache. Nobody waits for it. */
    record TidyBuild(LocalImage image) implements Work {
        @Override
        public String key() {
            return "tidy";
        }
    }

    /** Leave nothing on the build engine of a service that is gone. Nobody waits for it. */
    record DiscardCache() implements Work {
        @Override
        public String key() {
            return "discard-cache";
        }
    }

    /** Leave nothing in the container registry of a service that is gone. Nobody waits for it. */
    record DiscardPushed() implements Work {
        @Override
        public String key() {
            return "discard-pushed";
        }
    }

    /** Leave nothing in the container registry of versions that are not kept any longer. Nobody waits for it. */
    record DiscardOld(List<Integer> versions) implements Work {
        public DiscardOld {
            versions = List.copyOf(versions);
        }

        @Override
        public String key() {
            return "discard-old";
        }
    }

    /** Leave no image of a service on a node that the book does not name. Nobody waits for it. */
    record DiscardPulled(NodeId node) implements Work {
        @Override
        public String key() {
            return "discard-pulled/" + node;
        }
    }

    record StartInstance(InstanceId instance, AccessToken access) implements Work {
        @Override
        public String key() {
            return "start/" + instance + "/" + access;
        }

        @Override
        public ServiceState step() {
            return ServiceState.STARTING;
        }
    }

    /** Have the container end that runs and does not do what it is there for. */
    record StopInstance(InstanceId instance, AccessToken access) implements Work {
        @Override
        public String key() {
            return "stop/" + instance + "/" + access;
        }

        @Override
        public ServiceState step() {
            return ServiceState.STOPPING;
        }
    }

    /** Start the container again that has ended. */
    record ReviveInstance(InstanceId instance, AccessToken access) implements Work {
        @Override
        public String key() {
            return "revive/" + instance + "/" + access;
        }

        @Override
        public ServiceState step() {
            return ServiceState.STARTING;
        }
    }

    record VerifyInstance(InstanceId instance, AccessToken access) implements Work {
        @Override
        public String key() {
            return "verify/" + instance + "/" + access;
        }

        @Override
        public ServiceState step() {
            return ServiceState.VERIFYING;
        }
    }

    /**
     * @param access of the placement it was started under; the same instance may have been tried on another node
     * @param served whether it ever did: then it is asked to end, and has its time; else nothing of it is to stay
     */
    record RemoveInstance(InstanceId instance, NodeId node, AccessToken access, boolean served) implements Work {
        /** How the keys of all removals of an instance begin. */
        public static String of(InstanceId instance) {
            return "remove/" + instance + "/";
        }

        @Override
        public String key() {
            return RemoveInstance.of(instance) + access;
        }

        @Override
        public ServiceState step() {
            return ServiceState.STOPPING;
        }
    }
}
