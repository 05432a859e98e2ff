package io.gantry.deployer.leg;

import io.gantry.contract.AccessToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.placement.PlacementRequest;
import java.util.Set;
import java.util.TreeSet;

/**
 * One attempt to bring up an instance on some node.
 *
 * @param access new with every attempt: an answer to an earlier one is not an answer to this
 * @param number from 1
 * @param avoid nodes that failed the instance before
 */
public record Attempt(InstanceId instance, AccessToken access, int number, Set<NodeId> avoid) {
    public Attempt {
        avoid = Set.copyOf(avoid);
    }

    static Attempt first(InstanceId instance, Moment moment) {
        return new Attempt(instance, moment.newAccessToken(), 1, Set.of());
    }

    Attempt elsewhere(NodeId failed, Moment moment) {
        Set<NodeId> failedSoFar = new TreeSet<>(avoid);
        failedSoFar.add(failed);
        return new Attempt(instance, moment.newAccessToken(), number + 1, failedSoFar);
    }

    /** Frees what the load-balancer reserved for this attempt. */
    Message release(LegId leg) {
        return new Message.ToLoadBalancer(
                new PlacementRequest.Release(access, leg.token(), leg.app(), instance));
    }
}
