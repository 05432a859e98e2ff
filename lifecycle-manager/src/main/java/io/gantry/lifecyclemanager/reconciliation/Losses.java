package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.lease.Ticker;
import io.gantry.lifecyclemanager.reconciliation.Seen.Sight;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Remembers since when machines have not answered. One whose SSH server still does is given longer: most of what runs there runs
 * on without its engine. So is our own, which lives, however slow it is to answer. Whoever begins to act begins to count.
 */
@Component
@OnlyInFleet
class Losses {
    private final OwnSettings settings;
    private final Ticker ticker;
    private final Map<String, Long> engineSilentSince = new HashMap<>();
    private final Map<String, Long> silentSince = new HashMap<>();

    Losses(OwnSettings settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
    }

    void forget() {
        engineSilentSince.clear();
        silentSince.clear();
    }

    /**
     * @param off machines of which their provider says so
     * @return machines that have not answered for so long that what ran there goes elsewhere
     */
    Set<String> lost(Map<String, Sight> sights, Set<String> off) {
        Set<String> engines = new HashSet<>(off);
        Set<String> machines = new HashSet<>(off);
        sights.forEach((machine, sight) -> {
            if (sight instanceof Sight.Silent silent) {
                engines.add(machine);
                if (!silent.lives() && !machine.equals(settings.machine())) {
                    machines.add(machine);
                }
            }
        });
        Set<String> lost =
                longer(engineSilentSince, engines, settings.reconciliation().engineAwayFor());
        lost.addAll(longer(silentSince, machines, settings.reconciliation().declareLostAfter()));
        return lost;
    }

    /** @param silent those that are silent now; whoever is not among them begins anew */
    private Set<String> longer(Map<String, Long> since, Set<String> silent, Duration limit) {
        long now = ticker.nanos();
        since.keySet().retainAll(silent);
        silent.forEach(machine -> since.putIfAbsent(machine, now));
        return since.entrySet().stream()
                .filter(machine -> now - machine.getValue() >= limit.toNanos())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(HashSet::new));
    }
}
