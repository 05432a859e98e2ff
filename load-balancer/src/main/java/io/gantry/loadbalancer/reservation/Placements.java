package io.gantry.loadbalancer.reservation;

import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.placement.PlacementRequest.Forgo;
import io.gantry.contract.placement.PlacementRequest.Place;
import io.gantry.contract.placement.PlacementRequest.Release;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.Node;
import io.gantry.loadbalancer.placement.Demand;
import io.gantry.loadbalancer.reservation.Reservation.State;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Names a node for whoever asks, now or as soon as there is room. Each call is one transaction that holds the ledger;
 * whatever frees room tries those who wait, in order, in the same transaction.
 */
@Component
@Transactional
class Placements {
    private final Ledger ledger;
    private final ReservationTable reservations;
    private final Companions companions;
    private final WaitingLine waiting;
    private final Answers answers;
    private final InstantSource clock;
    private final PlacementSettings settings;

    Placements(
            Ledger ledger,
            ReservationTable reservations,
            Companions companions,
            WaitingLine waiting,
            Answers answers,
            InstantSource clock,
            PlacementSettings settings) {
        this.ledger = ledger;
        this.reservations = reservations;
        this.companions = companions;
        this.waiting = waiting;
        this.answers = answers;
        this.clock = clock;
        this.settings = settings;
    }

    /** Asking again under the same access token gets the same answer; under a new one it replaces what was before. */
    void place(Place place) {
        Picture picture = ledger.open();
        Optional<Reservation> last = reservations.find(place.instance());
        if (last.isPresent() && last.get().answers(place.accessToken())) {
            answerAgain(picture, place, last.get());
        } else {
            last.ifPresent(former -> end(former, State.RELEASED));
            answer(picture, place);
        }
    }

    /** Counts only under the access token that the reservation answers. */
    void release(Release release) {
        ledger.open();
        waiting.leave(release.instance(), release.accessToken());
        reservations
                .find(release.instance())
                .filter(reservation -> reservation.answers(release.accessToken()))
                .ifPresent(reservation -> free(reservation, State.RELEASED));
    }

    void forgo(Forgo forgo) {
        if (companions.forgo(forgo)) {
            placeThoseWaiting();
        }
    }

    /** @param node none: it is gone */
    void changed(NodeId id, @Nullable Node node) {
        ledger.save(id, node);
        placeThoseWaiting();
    }

    /** What is registered is in use, also where nobody asked about it before. */
    void runs(Instance instance) {
        ledger.open();
        Optional<Reservation> last = reservations.find(instance.id());
        Reservation inUse =
                Reservation.inUse(instance, last.map(Reservation::accessToken).orElse(null), clock.instant());
        if (last.isEmpty() || !inUse.isLike(last.get())) {
            ledger.save(inUse);
        }
    }

    void ended(InstanceId instance) {
        ledger.open();
        reservations.find(instance).ifPresent(reservation -> free(reservation, State.GONE));
    }

    /** Looks for what is overdue. */
    void sweep() {
        Instant now = clock.instant();
        if (reservations.overdue(now).isEmpty() && waiting.isEmpty()) {
            return;
        }
        ledger.open();
        reservations.overdue(now).forEach(overdue -> end(overdue, State.EXPIRED));
        placeThoseWaiting();
    }

    void forgetEnded() {
        ledger.purge(clock.instant().minus(settings.keepEnded()));
    }

    private void answerAgain(Picture picture, Place place, Reservation reservation) {
        switch (reservation.state()) {
            case RESERVED, IN_USE -> answers.placedBefore(place, reservation.node());
            case HELD, EXPIRED -> answer(picture, place);
            case RELEASED, GONE -> {
                // The asking is over: this is a late echo of it.
            }
        }
    }

    private void answer(Picture picture, Place place) {
        boolean awaited = place.deadline().isAfter(clock.instant());
        if (awaited && !tryToPlace(picture, place)) {
            waiting.join(place, clock.instant());
            answers.waiting(place, picture.explain(picture.demand(place)));
        }
    }

    /** @return whether there was a node */
    private boolean tryToPlace(Picture picture, Place place) {
        companions.makeWay(place);
        Demand demand = picture.demand(place);
        NodeId node = picture.choose(demand);
        if (node == null) {
            return false;
        }
        answers.placed(place, picture.candidate(node, demand), picture.explain(demand));
        Instant now = clock.instant();
        ledger.save(Reservation.planned(place, node, now, now.plus(settings.reservationTtl())));
        companions.follow(place, node);
        waiting.leave(place.instance());
        return true;
    }

    private void placeThoseWaiting() {
        Picture picture = ledger.open();
        waiting.dismiss(clock.instant());
        waiting.all().forEach(place -> tryToPlace(picture, place));
    }

    private void free(Reservation reservation, State how) {
        end(reservation, how);
        placeThoseWaiting();
    }

    private void end(Reservation reservation, State how) {
        if (reservation.holds()) {
            ledger.save(reservation.ended(how, clock.instant()));
        }
    }
}
