package io.gantry.loadbalancer.reservation;

import io.gantry.loadbalancer.ServiceId;
import org.springframework.stereotype.Component;

/** For whom places are kept: known before anything runs there, as nothing does that was not given a place first. */
@Component
public class Places {
    private final ReservationTable reservations;

    Places(ReservationTable reservations) {
        this.reservations = reservations;
    }

    /** Whether an instance of the service is there, or was asked for and is about to be. */
    public boolean areKeptFor(ServiceId service) {
        return reservations.hasSettled(service);
    }
}
