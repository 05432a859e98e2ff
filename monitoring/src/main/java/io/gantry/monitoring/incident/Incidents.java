package io.gantry.monitoring.incident;

import io.gantry.contract.AppName;
import io.gantry.contract.IncidentId;
import io.gantry.contract.healing.Fault;
import io.gantry.contract.topic.Topics;
import io.gantry.messaging.Outbox;
import io.gantry.messaging.Tokens;
import io.gantry.monitoring.alert.Alerts;
import io.gantry.monitoring.meltdown.Meltdown;
import io.gantry.monitoring.unit.Unit;
import io.gantry.monitoring.unit.Units;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes incidents forward: what one decides is saved, asked for and told together, or not at all. */
@Component
@Transactional
public class Incidents {
    private final IncidentTable table;
    private final Units units;
    private final Meltdown meltdown;
    private final Outbox outbox;
    private final Alerts alerts;
    private final Tokens tokens;
    private final HealingPolicy policy;
    private final StartUps startUps;
    private final InstantSource clock;
    private final Instant healingFrom;

    Incidents(
            IncidentTable table,
            Units units,
            Meltdown meltdown,
            Outbox outbox,
            Alerts alerts,
            Tokens tokens,
            HealingPolicy policy,
            StartUps startUps,
            InstantSource clock) {
        this.table = table;
        this.units = units;
        this.meltdown = meltdown;
        this.outbox = outbox;
        this.alerts = alerts;
        this.tokens = tokens;
        this.policy = policy;
        this.startUps = startUps;
        this.clock = clock;
        this.healingFrom = clock.instant().plus(policy.startUp());
    }

    /** The unit went down: that is news of its open incident, or a new one. */
    public void fell(Unit unit, @Nullable String detail) {
        meltdown.look();
        Incident incident = table.holdOpen(unit.key())
                .orElseGet(() -> Incident.open(new IncidentId(tokens.next()), unit, detail, clock.instant()));
        take(incident, new News.Fell(detail));
    }

    /** @param unit its key */
    public void hear(String unit, News news) {
        table.holdOpen(unit).ifPresent(incident -> take(incident, news));
    }

    public void hear(IncidentId id, News news) {
        table.hold(id).ifPresent(incident -> take(incident, news));
    }

    List<IncidentId> due() {
        return table.due(clock.instant());
    }

    List<Incident> matching(@Nullable IncidentState state, @Nullable AppName app, int limit) {
        return table.matching(state, app, limit);
    }

    public List<Incident> open() {
        return table.open();
    }

    private void take(Incident incident, News news) {
        Incident.Step step = incident.hear(news, moment(incident.unit()));
        table.save(step.next());
        step.consequences().forEach(this::follow);
    }

    private void follow(Consequence consequence) {
        switch (consequence) {
            case Consequence.Ask(var request) ->
                outbox.send(Topics.RECOVERY_REQUESTS, request.incident().value(), request);
            case Consequence.Tell(var alert) -> alerts.raise(alert);
        }
    }

    private Moment moment(Unit unit) {
        Instant now = clock.instant();
        boolean healing = !now.isBefore(healingFrom) && meltdown.since().isEmpty();
        Fault fault = units.isHung(unit) ? Fault.HUNG : Fault.DIED;
        return new Moment(now, healing, fault, startUps.of(unit), policy);
    }
}
