package io.gantry.deployer.leg;

import io.gantry.contract.AccessToken;
import io.gantry.contract.Failure;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.placement.Veto;
import java.time.Instant;
import java.util.List;

/** Everything that can happen to a leg. What a stage does not wait for changes nothing. */
public sealed interface Input {
    /** No earlier request for the service is unfinished. */
    record Turn() implements Input {}

    record Cancel() implements Input {}

    /** Time has passed: look at the deadlines. */
    record Alarm() implements Input {}

    /** The build has its place among the builds. */
    record BuildBegan() implements Input {}

    record BuildSucceeded(LocalImage image) implements Input {}

    record BuildFailed(Failure failure) implements Input {}

    /** @param reference by digest */
    record Pushed(String reference) implements Input {}

    /** The engine that is to push does not have the image. */
    record NothingToPush() implements Input {}

    record PushFailed(Failure failure) implements Input {}

    /** Something about one instance that is being brought up, under the access token of the attempt. */
    sealed interface OfAttempt extends Input {
        AccessToken access();
    }

    record Placed(AccessToken access, NodeId node) implements OfAttempt {}

    record NoRoom(AccessToken access, String shortfall, List<Veto> vetoes) implements OfAttempt {}

    record Started(AccessToken access, InstanceAddress at, Instant startedAt) implements OfAttempt {}

    /** The node, not the service, is to blame: another one may do. */
    record NodeFailed(AccessToken access, String reason) implements OfAttempt {}

    /** The container of the instance runs no more, or it is not hung any more. */
    record Stopped(AccessToken access) implements OfAttempt {}

    /** Its container can't be started again where it is: it is gone, or the engine refuses. */
    record NotRevived(AccessToken access) implements OfAttempt {}

    record StartFailed(AccessToken access, Failure failure) implements OfAttempt {}

    /** The registry does not have the image any more. */
    record ImageMissing(AccessToken access) implements OfAttempt {}

    record Verified(AccessToken access) implements OfAttempt {}

    record VerificationFailed(AccessToken access, Failure failure) implements OfAttempt {}

    record Registered(InstanceId instance) implements Input {}

    record Deregistered(InstanceId instance) implements Input {}

    record Removed(InstanceId instance, NodeId node) implements Input {}

    record RemovalFailed(InstanceId instance, NodeId node, String reason) implements Input {}
}
