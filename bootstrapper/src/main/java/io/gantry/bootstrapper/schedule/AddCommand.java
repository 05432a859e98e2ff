package io.gantry.bootstrapper.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gantry.bootstrapper.session.Session;
import io.gantry.contract.deployer.Mode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gantry schedule add}. */
@Command(
        name = "add",
        description = {
            "Ask for a deployment at a time, or again and again.",
            "A time is 2026-03-01T18:00:00Z, 2026-03-01T18:00 by this machine's clock, or +10m from now."
        },
        footer = {
            "%nExamples:",
            "  gantry schedule add shop --at +10m",
            "  gantry schedule add shop --cron '0 8 * * 1-5' --zone Europe/Berlin",
            "  gantry schedule add shop --mode STOP --cron '0 20 * * *' --zone Europe/Berlin"
        })
final class AddCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "APP", description = "The app.")
    private String app = "";

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "RUN",
            description = "BUILD, RUN, BUILD_AND_RUN or STOP (default: RUN, the newest versions built before).")
    private Mode mode = Mode.RUN;

    @Option(
            names = {"-s", "--service"},
            paramLabel = "SERVICE",
            description = "This service only; may be repeated.")
    private List<String> services = List.of();

    @Option(names = "--at", paramLabel = "TIME", description = "Once, at this time.")
    private @Nullable String at;

    @Option(
            names = "--cron",
            paramLabel = "EXPR",
            description = "Whenever minute, hour, day of month, month and day of week fit.")
    private @Nullable String cron;

    @Option(names = "--zone", paramLabel = "ZONE", description = "By the clock of this zone (default: UTC).")
    private @Nullable String zone;

    @Option(names = "--until", paramLabel = "TIME", description = "Stop what runs at this time, and end the schedule.")
    private @Nullable String until;

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Wanted(
            Mode mode,
            List<Schedule.Service> services,
            @Nullable Instant at,
            @Nullable String cron,
            @Nullable String timeZone,
            @Nullable Instant until) {}

    AddCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var named =
                services.stream().map(name -> new Schedule.Service(name, null)).toList();
        var wanted = new Wanted(mode, named, time(at), cron, zone, time(until));
        return session.show(session.platform().post(Schedule.of(app), wanted), Schedule.class, this::tell);
    }

    private @Nullable Instant time(@Nullable String typed) {
        return typed == null ? null : Times.parse(typed, session.now(), ZoneId.systemDefault());
    }

    private void tell(Schedule added) {
        session.terminal().say("Scheduled: %s %s.".formatted(added.mode(), added.when()));
        added.next().forEach(run -> session.terminal().say("  next: " + run));
        session.terminal().data(added.id());
    }
}
