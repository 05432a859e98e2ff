package io.gantry.loadbalancer.reservation;

import io.gantry.contract.AppName;
import io.gantry.contract.NodeId;
import io.gantry.contract.placement.PlacementRequest.Companion;
import io.gantry.contract.placement.PlacementRequest.Forgo;
import io.gantry.contract.placement.PlacementRequest.Place;
import io.gantry.loadbalancer.placement.Share;
import io.gantry.loadbalancer.reservation.Reservation.State;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * Holds room for the rest of an app where its first instance goes. Their images may take minutes to build; whoever asks in
 * between does not get what they need.
 */
@Component
class Companions {
    private final Ledger ledger;
    private final ReservationTable reservations;
    private final InstantSource clock;
    private final PlacementSettings settings;

    Companions(Ledger ledger, ReservationTable reservations, InstantSource clock, PlacementSettings settings) {
        this.ledger = ledger;
        this.reservations = reservations;
        this.clock = clock;
        this.settings = settings;
    }

    /** What was held for the instance is what it gets; where the app has no home yet, it takes all that was held along. */
    void makeWay(Place place) {
        if (place.accompanied()) {
            boolean first = ledger.open().demand(place).home() == null;
            letGo(place.app(), held -> first || held.instance().equals(place.instance()));
        }
    }

    /** Room for those that will be asked for, on the node that one of them has got. */
    void follow(Place place, NodeId node) {
        Picture picture = ledger.open();
        for (Companion companion : place.companions()) {
            if (companion.onItsWay()
                    && !picture.holds(companion.instance())
                    && picture.hasRoom(node, Share.of(companion.resources()))) {
                Instant now = clock.instant();
                ledger.save(Reservation.held(place.app(), companion, node, now, now.plus(settings.reservationTtl())));
            }
        }
    }

    /** @return whether that has made room */
    boolean forgo(Forgo forgo) {
        String instances = "%s-%s-%s-".formatted(forgo.app(), forgo.service(), forgo.deployment());
        Predicate<Reservation> theirs = held -> held.instance().value().startsWith(instances);
        if (reservations.held(forgo.app()).stream().noneMatch(theirs)) {
            return false;
        }
        ledger.open();
        return letGo(forgo.app(), theirs);
    }

    private boolean letGo(AppName app, Predicate<Reservation> which) {
        List<Reservation> held = reservations.held(app).stream().filter(which).toList();
        held.forEach(each -> ledger.save(each.ended(State.RELEASED, clock.instant())));
        return !held.isEmpty();
    }
}
