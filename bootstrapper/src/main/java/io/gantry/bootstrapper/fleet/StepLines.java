package io.gantry.bootstrapper.fleet;

import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Ages;
import io.gantry.bootstrapper.terminal.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A line for each step and machine when it is done, with the time it took; the one in progress where it can be taken back. */
final class StepLines {
    private static final Duration WORTH_TELLING = Duration.ofMillis(100);

    private static final Pattern DIGEST = Pattern.compile("\\b(\\p{XDigit}{12})\\p{XDigit}{52}\\b");

    private final Session session;
    private final Terminal terminal;
    private final Set<String> underWay = Collections.synchronizedSet(new LinkedHashSet<>());

    StepLines(Session session) {
        this.session = session;
        this.terminal = session.terminal();
    }

    <T> T step(String machine, String what, Supplier<T> step) {
        String running = machine + " " + what;
        underWay.add(running);
        showUnderWay();
        Instant began = session.now();
        try {
            T result = step.get();
            done(machine, what, Duration.between(began, session.now()), "");
            return result;
        } finally {
            underWay.remove(running);
            showUnderWay();
        }
    }

    private void showUnderWay() {
        terminal.status(underWay.isEmpty() ? "" : "  " + String.join("; ", underWay.toArray(String[]::new)));
    }

    void step(String machine, String what, Runnable step) {
        step(machine, what, () -> {
            step.run();
            return what;
        });
    }

    void done(String machine, String what, Duration took, String detail) {
        String time = took.compareTo(WORTH_TELLING) < 0 ? "" : Ages.exact(took);
        String line = "  %-12s %-34s %8s".formatted(machine, what, time);
        terminal.say((detail.isEmpty() ? line : line + "   " + terminal.faint(readable(detail))).stripTrailing());
    }

    /** Of a digest the beginning tells enough. */
    private static String readable(String detail) {
        return DIGEST.matcher(detail).replaceAll("$1");
    }

    void failed(String machine, String what, String why) {
        terminal.say("  %-12s %-34s %s".formatted(machine, what, terminal.bad(why)));
    }

    void doing(String machine, String what) {
        terminal.status("  %s %s".formatted(machine, what));
    }
}
