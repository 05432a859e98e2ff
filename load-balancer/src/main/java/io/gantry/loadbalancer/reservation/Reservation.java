package io.gantry.loadbalancer.reservation;

import io.gantry.contract.AccessToken;
import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.placement.PlacementRequest.Companion;
import io.gantry.contract.placement.PlacementRequest.Place;
import io.gantry.contract.registry.Instance;
import io.gantry.loadbalancer.ServiceId;
import io.gantry.loadbalancer.placement.Share;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The part of a node that is, or was lately, kept for one instance.
 *
 * @param accessToken of the request that it answers; none for an instance that was there before it was asked about, or that has not
 *     been asked about yet
 * @param expiresAt when it ends unless the instance is registered until then; only while it is
 *     {@link State#HELD} or {@link State#RESERVED}
 */
record Reservation(
        InstanceId instance,
        @Nullable AccessToken accessToken,
        ServiceId service,
        NodeId node,
        Share share,
        State state,
        Instant changedAt,
        @Nullable Instant expiresAt) {
    /** What has become of it. */
    enum State {
        /** Nobody has asked yet: the rest of its app is there, and it will be asked for in a while. */
        HELD,
        /** The instance is about to run. */
        RESERVED,
        /** The instance is registered. */
        IN_USE,
        /** The deployer gave it back. */
        RELEASED,
        /** The instance ended. */
        GONE,
        /** The instance was not registered in time, or never asked for. */
        EXPIRED;

        boolean holds() {
            return this == HELD || this == RESERVED || this == IN_USE;
        }
    }

    static Reservation held(AppName app, Companion companion, NodeId node, Instant now, Instant expiresAt) {
        return new Reservation(
                companion.instance(),
                null,
                new ServiceId(app, companion.service()),
                node,
                Share.of(companion.resources()),
                State.HELD,
                now,
                expiresAt);
    }

    static Reservation planned(Place place, NodeId node, Instant now, Instant expiresAt) {
        return new Reservation(
                place.instance(),
                place.accessToken(),
                new ServiceId(place.app(), place.service()),
                node,
                Share.of(place.resources()),
                State.RESERVED,
                now,
                expiresAt);
    }

    static Reservation inUse(Instance instance, @Nullable AccessToken accessToken, Instant now) {
        return new Reservation(
                instance.id(),
                accessToken,
                new ServiceId(instance.app(), instance.service()),
                instance.node(),
                Share.of(instance.resources()),
                State.IN_USE,
                now,
                null);
    }

    Reservation ended(State how, Instant now) {
        return new Reservation(instance, accessToken, service, node, share, how, now, null);
    }

    boolean holds() {
        return state.holds();
    }

    /** Whether the instance is there, or as good as: where it is, the rest of its app goes. */
    boolean isSettled() {
        return state == State.RESERVED || state == State.IN_USE;
    }

    /** Whether the same is kept for the same instance, whenever that came to be. */
    boolean isLike(Reservation other) {
        return equals(new Reservation(
                other.instance,
                other.accessToken,
                other.service,
                other.node,
                other.share,
                other.state,
                changedAt,
                other.expiresAt));
    }

    boolean answers(AccessToken token) {
        return token.equals(accessToken);
    }
}
