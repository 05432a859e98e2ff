package io.gantry.monitoring.incident;

import io.gantry.contract.IncidentId;
import io.gantry.contract.healing.Fault;
import io.gantry.contract.healing.RecoveryRequest;
import io.gantry.monitoring.alert.Alert;
import io.gantry.monitoring.unit.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One fault of one unit, from when it was noticed until it is over.
 *
 * @param falls when it went down
 * @param attempt how often recovery was asked for
 * @param history what has happened, the last {@value #REMEMBERED} things
 */
public record Incident(
        IncidentId id,
        Unit unit,
        Instant openedAt,
        List<Instant> falls,
        int attempt,
        Phase phase,
        List<Happening> history) {
    static final int REMEMBERED = 100;
    private static final Duration ANSWER_LATE_BY = Duration.ofSeconds(30);

    /** An instance that is said to be back was seen to be. */
    private static final Duration INSTANCE_UP_WITHIN = Duration.ofSeconds(90);

    private static final int DOUBLINGS_AT_MOST = 3;

    public Incident {
        falls = List.copyOf(falls);
        history = List.copyOf(history);
    }

    /** @param what a sentence */
    public record Happening(Instant at, String what) {}

    /** @param next the incident after what was heard */
    record Step(Incident next, List<Consequence> consequences) {
        Step then(News news, Moment moment) {
            Step later = next.on(news, moment);
            return new Step(
                    later.next(),
                    Stream.concat(consequences.stream(), later.consequences().stream())
                            .toList());
        }
    }

    static Incident open(IncidentId id, Unit unit, @Nullable String detail, Instant now) {
        Happening fell = new Happening(now, "It went down: " + known(detail));
        return new Incident(id, unit, now, List.of(now), 0, new Phase.Waiting(now), List.of(fell));
    }

    /** What follows from the news, and from the time. */
    Step hear(News news, Moment moment) {
        return on(news, moment).then(new News.TimePassed(), moment);
    }

    Step on(News news, Moment moment) {
        if (phase instanceof Phase.Closed) {
            return stays();
        }
        return switch (news) {
            case News.Fell(var detail) -> phase instanceof Phase.Settling ? fellAgain(detail, moment) : stays();
            case News.Rose() -> phase instanceof Phase.Settling ? stays() : rose(moment);
            case News.Gone() -> close("It was stopped or replaced.", moment);
            case News.Recovered(var which) -> which == attempt ? done(moment) : stays();
            case News.NotRecovered(var which, var why) -> which == attempt ? failed(why, moment) : stays();
            case News.NotWanted(var which) -> which == attempt ? close("Nobody misses it.", moment) : stays();
            case News.TimePassed() -> moment.now().isBefore(phase.due()) ? stays() : due(moment);
        };
    }

    private Step due(Moment moment) {
        return switch (phase) {
            case Phase.Waiting _ -> moment.healing() ? ask(moment) : stays();
            case Phase.Trying _ -> failed("it did not come up in time", moment);
            case Phase.Settling _ -> close("It has been up long enough.", moment);
            case Phase.CrashLoop _ ->
                step(noting("It had its rest.", moment).in(new Phase.Waiting(moment.now())))
                        .then(new News.TimePassed(), moment);
            case Phase.Closed _ -> stays();
        };
    }

    private Step ask(Moment moment) {
        Instant deadline = moment.now().plus(moment.policy().tryFor());
        int next = attempt + 1;
        Incident trying = noting("Try %d begins.".formatted(next), moment)
                .with(falls, next, new Phase.Trying(deadline.plus(ANSWER_LATE_BY)));
        return step(trying, new Consequence.Ask(request(next, moment.fault(), deadline)));
    }

    private RecoveryRequest request(int next, Fault fault, Instant deadline) {
        return switch (unit) {
            case Unit.Instance(var instance, var app, var service) ->
                new RecoveryRequest.ReviveInstance(id, next, app, service, instance, fault, deadline);
            case Unit.Replica(var service, var machine) ->
                new RecoveryRequest.RestartService(id, next, service, machine, deadline);
            case Unit.Machine(var machine) -> new RecoveryRequest.RestartMachine(id, next, machine, deadline);
        };
    }

    /** Who is said to be back should be seen to be up when it has had the time to start. */
    private Step done(Moment moment) {
        Incident noted = noting("Try %d is done.".formatted(attempt), moment);
        Instant due = moment.now().plus(upWithin(moment));
        return step(phase instanceof Phase.Trying ? noted.in(new Phase.Trying(due)) : noted);
    }

    /** With each try twice as long: the next one ends a start that perhaps only was slow, and has it begin anew. */
    private Duration upWithin(Moment moment) {
        return switch (unit) {
            case Unit.Instance _ -> INSTANCE_UP_WITHIN;
            case Unit.Replica _, Unit.Machine _ ->
                moment.startUp()
                        .multipliedBy(1L << Math.min(attempt - 1, DOUBLINGS_AT_MOST))
                        .plus(ANSWER_LATE_BY);
        };
    }

    private Step failed(String why, Moment moment) {
        Incident noted = noting("Try %d failed: %s".formatted(attempt, why), moment);
        return step(phase instanceof Phase.Trying ? noted.in(pause(moment)) : noted);
    }

    private Step rose(Moment moment) {
        return step(noting("It is up.", moment)
                .in(new Phase.Settling(moment.now().plus(moment.policy().settle()))));
    }

    private Step fellAgain(@Nullable String detail, Moment moment) {
        List<Instant> all =
                Stream.concat(falls.stream(), Stream.of(moment.now())).toList();
        Incident fallen = noting("It went down again: " + known(detail), moment);
        return moment.policy().isCrashLoop(all, moment.now())
                ? fallen.giveUp(all, moment)
                : step(fallen.with(all, attempt, pause(moment)));
    }

    private Step giveUp(List<Instant> all, Moment moment) {
        Instant until = moment.now().plus(moment.policy().rest());
        String sentence =
                "%s went down %d times: it is left down until %s. %s".formatted(unit, all.size(), until, advice());
        Alert alert = Alert.crashLoop(moment.now(), sentence, unit, id);
        Incident looping = noting(
                        "It is left down until %s: it goes down as often as it is brought back.".formatted(until),
                        moment)
                .with(all, attempt, new Phase.CrashLoop(until));
        return step(looping, new Consequence.Tell(alert));
    }

    private String advice() {
        return switch (unit) {
            case Unit.Instance(var _, var app, var service) ->
                "Look at its log (gantry logs %s %s), then deploy what mends it.".formatted(app, service);
            case Unit.Replica(var service, var machine) ->
                "Look at the log of the container gantry-%s on %s.".formatted(service, machine);
            case Unit.Machine _ -> "Look at what its provider says of it.";
        };
    }

    private Step close(String why, Moment moment) {
        return step(noting(why, moment).in(new Phase.Closed(moment.now())));
    }

    private Phase pause(Moment moment) {
        return new Phase.Waiting(moment.policy().next(attempt + 1, moment.now()));
    }

    private Step stays() {
        return step(this);
    }

    private static Step step(Incident next, Consequence... consequences) {
        return new Step(next, List.of(consequences));
    }

    private Incident noting(String what, Moment moment) {
        List<Happening> all = Stream.concat(history.stream(), Stream.of(new Happening(moment.now(), what)))
                .toList();
        List<Happening> last = all.subList(Math.max(0, all.size() - REMEMBERED), all.size());
        return new Incident(id, unit, openedAt, falls, attempt, phase, last);
    }

    private Incident in(Phase next) {
        return with(falls, attempt, next);
    }

    private Incident with(List<Instant> fallen, int attempts, Phase next) {
        return new Incident(id, unit, openedAt, fallen, attempts, next, history);
    }

    private static String known(@Nullable String detail) {
        return detail == null ? "nobody knows why" : detail;
    }
}
