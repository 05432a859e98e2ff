package io.gantry.bootstrapper.schedule;

import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Table;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code gantry schedule list}. */
@Command(name = "list", description = "List an app's schedules, when each comes next, and how its last run went.")
final class ListCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "APP", description = "The app.")
    private String app = "";

    ListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.show(
                session.platform().get(Schedule.of(app)), Schedule[].class, schedules -> tell(List.of(schedules)));
    }

    private void tell(List<Schedule> schedules) {
        if (schedules.isEmpty()) {
            session.terminal().say("%s has no schedule. Add one with: gantry schedule add %s".formatted(app, app));
            return;
        }
        var table = new Table("SCHEDULE", "STATE", "MODE", "SERVICES", "WHEN", "UNTIL", "NEXT", "LAST");
        for (Schedule schedule : schedules) {
            table.row(
                    schedule.id(),
                    schedule.state(),
                    schedule.mode(),
                    services(schedule),
                    schedule.when(),
                    schedule.until(),
                    schedule.next().stream().findFirst().orElse(null),
                    schedule.runs().stream()
                            .findFirst()
                            .map(ListCommand::outcome)
                            .orElse(null));
        }
        table.lines().forEach(session.terminal()::data);
    }

    private static String services(Schedule schedule) {
        return schedule.services().isEmpty()
                ? "all"
                : schedule.services().stream().map(Schedule.Service::name).collect(Collectors.joining(" "));
    }

    private static String outcome(Schedule.Run run) {
        return run.deployment() == null ? String.valueOf(run.problem()) : run.deployment();
    }
}
