package io.gantry.bootstrapper.instance;

import static io.gantry.bootstrapper.platform.PlatformService.NODE_MANAGER;

import io.gantry.bootstrapper.platform.EventFeed;
import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.platform.ServerEvent;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gantry logs}. */
@Command(
        name = "logs",
        description = {
            "Show what the instances of an app write, merged.",
            "With --follow, also what they go on to write, and what new ones write. With --json, one object a line."
        },
        footer = {"%nExample:", "  gantry logs shop app-server -f -n 20"})
public final class LogsCommand implements Callable<Integer> {
    /** How soon it is noticed that nobody reads any more. */
    private static final Duration LOOK_UP = Duration.ofSeconds(1);

    private final Session session;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "APP", description = "The app.")
    private String app = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "SERVICE", description = "Of this service only.")
    private @Nullable String service;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--tail"},
            paramLabel = "N",
            description = "Begin with the last N lines of each instance (default: all).")
    private @Nullable Integer tail;

    private record Line(String instance, String text) {}

    private record Problem(String instance, String problem) {}

    public LogsCommand(Session session) {
        this.session = session;
        this.terminal = session.terminal();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Route route = Route.to(NODE_MANAGER, "apps", app, "log")
                .with("service", service)
                .with("tail", tail);
        if (follow) {
            follow(route.with("follow", true));
        } else {
            show(route);
        }
        return ExitCode.OK.number();
    }

    private void show(Route route) throws IOException {
        InputStream written = session.platform().lines(route, session.json());
        try (var lines = new BufferedReader(new InputStreamReader(written, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && terminal.isRead(); line = lines.readLine()) {
                terminal.data(line);
            }
        }
    }

    private void follow(Route route) throws InterruptedException {
        try (EventFeed feed = session.platform().events(route)) {
            while (terminal.isRead()) {
                Optional<ServerEvent> event = feed.next(LOOK_UP);
                event.ifPresent(this::show);
            }
        }
    }

    private void show(ServerEvent event) {
        switch (event.name()) {
            case "line" -> terminal.data(session.json() ? event.data() : line(event.data()));
            case "problem" -> terminal.say(problem(event.data()));
            default -> {} // Whatever later platforms tell besides.
        }
    }

    private String line(String content) {
        Line line = session.read(content, Line.class);
        return line.instance() + " | " + line.text();
    }

    private String problem(String content) {
        Problem problem = session.read(content, Problem.class);
        return "(%s: %s)".formatted(problem.instance(), problem.problem());
    }
}
