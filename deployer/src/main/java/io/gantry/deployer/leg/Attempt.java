package io.gantry.deployer.leg;

import io.gantry.contract.AccessToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.placement.PlacementRequest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One attempt to bring up an instance on some node.
 *
 * @param access new with every attempt: an answer to an earlier one is not an answer to this
 * @param number from 1
 * @param avoid nodes that failed the instance before, or that it is to leave; named only if no other fits
 * @param failures why each of them did, sentences
 */
public record Attempt(InstanceId instance, AccessToken access, int number, Set<NodeId> avoid, List<String> failures) {
    public Attempt {
        avoid = Set.copyOf(avoid);
        failures = List.copyOf(failures);
    }

    static Attempt first(InstanceId instance, Moment moment) {
        return new Attempt(instance, moment.newAccessToken(), 1, Set.of(), List.of());
    }

    /** Elsewhere than where the other one is. */
    static Attempt inPlaceOf(Standing other, InstanceId instance, Moment moment) {
        return new Attempt(
                instance, moment.newAccessToken(), 1, Set.of(other.at().node()), List.of());
    }

    /** Under the access token that its place was reserved by. */
    static Attempt again(Standing fallen) {
        return new Attempt(fallen.id(), fallen.access(), 1, Set.of(), List.of());
    }

    /** Another instance in place of this one; its own node will do. */
    Attempt by(InstanceId other, Moment moment) {
        return new Attempt(other, moment.newAccessToken(), 1, avoid, failures);
    }

    Attempt elsewhere(NodeId failed, String reason, Moment moment) {
        Set<NodeId> failedSoFar = new TreeSet<>(avoid);
        failedSoFar.add(failed);
        return new Attempt(instance, moment.newAccessToken(), number + 1, failedSoFar, withFailure(failed, reason));
    }

    /** What every node so far has failed it for, this one the last. */
    String because(NodeId failed, String reason) {
        return String.join("; ", withFailure(failed, reason));
    }

    private List<String> withFailure(NodeId failed, String reason) {
        return Stream.concat(failures.stream(), Stream.of(failed + ": " + reason))
                .toList();
    }

    /** Frees what the load-balancer reserved for this attempt. */
    Message release(LegId leg) {
        return new Message.ToLoadBalancer(new PlacementRequest.Release(access, leg.token(), leg.app(), instance));
    }
}
