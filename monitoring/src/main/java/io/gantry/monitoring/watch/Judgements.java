package io.gantry.monitoring.watch;

import io.gantry.monitoring.incident.Incidents;
import io.gantry.monitoring.incident.News;
import io.gantry.monitoring.unit.Unit;
import io.gantry.monitoring.unit.Units;
import io.gantry.monitoring.unit.Verdict;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Passes verdicts: a changed one is news of the unit's incident, or opens one, together with the change or not at all. */
@Component
class Judgements {
    private final Units units;
    private final Incidents incidents;

    Judgements(Units units, Incidents incidents) {
        this.units = units;
        this.incidents = incidents;
    }

    @Transactional
    void pass(Unit unit, Verdict verdict) {
        if (units.judge(unit, verdict)) {
            switch (verdict.state()) {
                case UP -> incidents.hear(unit.key(), new News.Rose());
                case DOWN -> incidents.fell(unit, verdict.detail());
                case SUSPECT, UNKNOWN -> {}
            }
        }
    }
}
