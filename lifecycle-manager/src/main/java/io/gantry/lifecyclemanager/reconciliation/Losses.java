package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.lease.Ticker;
import io.gantry.lifecyclemanager.reconciliation.Seen.Sight;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Remembers since when machines have not answered. Whoever begins to act begins to count. */
@Component
@OnlyInFleet
class Losses {
    private final OwnSettings settings;
    private final Ticker ticker;
    private final Map<String, Long> silentSince = new HashMap<>();

    Losses(OwnSettings settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
    }

    void forget() {
        silentSince.clear();
    }

    /** @return machines that have not answered for so long that what ran there goes elsewhere */
    Set<String> lost(Map<String, Sight> sights) {
        long now = ticker.nanos();
        sights.forEach((machine, sight) -> {
            if (sight instanceof Sight.Silent) {
                silentSince.putIfAbsent(machine, now);
            } else {
                silentSince.remove(machine);
            }
        });
        Set<String> lost = new HashSet<>();
        silentSince.forEach((machine, since) -> {
            if (now - since >= settings.reconciliation().declareLostAfter().toNanos()) {
                lost.add(machine);
            }
        });
        return lost;
    }
}
