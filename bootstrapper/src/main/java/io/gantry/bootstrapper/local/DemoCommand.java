package io.gantry.bootstrapper.local;

import io.gantry.bootstrapper.bundle.Sources;
import io.gantry.bootstrapper.deployment.Delivery;
import io.gantry.bootstrapper.platform.PlatformService;
import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Ages;
import io.gantry.bootstrapper.terminal.Terminal;
import io.gantry.remote.WholeAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gantry demo}. */
@Command(
        name = "demo",
        description = "See it work: start the platform here, deploy an example, show its answer, stop again.")
public final class DemoCommand implements Callable<Integer> {
    private static final String APP = "demo";
    private static final String EXAMPLE = "hello-python";
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);

    private final Session session;

    @Mixin
    private final LocalOptions options = new LocalOptions();

    @Option(names = "--keep", description = "Leave it all running.")
    private boolean keep;

    public DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        session.stayOnThisMachine();
        Instant began = session.now();
        if (session.platform().answers(Route.absolute(PlatformService.SCHEDULER, "actuator", "health", "readiness"))) {
            say("A platform runs here already: using it.");
            show();
        } else {
            showOnOwnPlatform();
        }
        say("That took %s.".formatted(Ages.exact(Duration.between(began, session.now()))));
        return ExitCode.OK.number();
    }

    private void showOnOwnPlatform() throws IOException, InterruptedException {
        say("Starting the platform on this machine.");
        LocalPlatform platform = LocalPlatform.start(options.command(session), session.terminal());
        platform.awaitReady();
        show();
        if (keep) {
            say("It goes on running. Stop it with: kill %d".formatted(platform.keep()));
        } else {
            say("Stopping the platform. Keep it running with: gantry demo --keep, or: gantry dev");
            platform.close();
        }
    }

    private void show() throws IOException, InterruptedException {
        say("Deploying examples/%s as the app %s.".formatted(EXAMPLE, APP));
        var delivery = new Delivery(session);
        String url = delivery.deploy(APP, Sources.in(options.example(EXAMPLE), null))
                .orElseThrow(() -> new GaveUpException(ExitCode.FAILED, "The app has no address", ""));
        Terminal terminal = session.terminal();
        terminal.data(url);
        terminal.data(answer(url).strip());
        if (!keep) {
            say("Stopping the app.");
            delivery.stop(APP);
        }
    }

    private static String answer(String url) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(ANSWERS_WITHIN)
                    .build();
            return WholeAnswer.of(http, request).body();
        }
    }

    private void say(String sentence) {
        session.terminal().say(sentence);
    }
}
