package io.gantry.deployer.leg;

import io.gantry.contract.deployer.Mode;
import java.time.Duration;
import java.time.Instant;

/** What a candidate's way depends on besides itself. */
record Course(Order order, Image image, Moment moment) {
    Instant now() {
        return moment.now();
    }

    LegId leg() {
        return order.id();
    }

    boolean isRestart() {
        return order.mode() == Mode.RESTART;
    }

    Limits limits() {
        return moment.limits();
    }

    Instant in(Duration limit) {
        return order.within(now().plus(limit), now());
    }
}
