package io.gantry.platform;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts one service after the other, so that the JVM records what they load. What there is around them is said by settings, as to a
 * service; what is not (a database, Kafka) is refused at once by this machine, and each gets as far as it gets then.
 */
final class Rehearsal {
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);
    /** A port at which nobody listens. */
    private static final String NOBODY = "127.0.0.1:1";

    private static final List<String> ALONE = List.of(
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--gantry.nodes=",
            "--gantry.storage.connection-string=BlobEndpoint=http://" + NOBODY
                    + "/none;AccountName=none;AccountKey=bm9uZQ==",
            "--logging.level.root=off",
            "--server.shutdown=immediate",
            "--spring.lifecycle.timeout-per-shutdown-phase=2s");

    private static final List<String> WITHOUT_DATABASE = List.of(
            "--spring.flyway.enabled=false",
            "--spring.datasource.url=jdbc:postgresql://" + NOBODY + "/none",
            "--spring.datasource.hikari.connection-timeout=250",
            // Else each who asks begins the pool anew, one after the other.
            "--spring.datasource.hikari.initialization-fail-timeout=-1",
            "--db-scheduler.polling-strategy=fetch");

    private static final List<String> WITHOUT_KAFKA = List.of(
            "--spring.kafka.bootstrap-servers=" + NOBODY,
            "--spring.kafka.admin.operation-timeout=250ms",
            "--spring.kafka.properties.default.api.timeout.ms=500",
            "--spring.kafka.properties.request.timeout.ms=400",
            "--spring.kafka.properties.max.block.ms=500");

    private Rehearsal() {}

    /** @param given what there is, {@code --setting=value}: a database if its URL is among them, Kafka if its address is */
    static void run(String... given) {
        String[] settings = around(List.of(given));
        for (String name : Services.names()) {
            long began = System.nanoTime();
            String outcome = rehearse(name, settings);
            System.err.printf("%s: %s, %d ms%n", name, outcome, (System.nanoTime() - began) / 1_000_000);
        }
    }

    private static String[] around(List<String> given) {
        List<String> settings = new ArrayList<>(ALONE);
        settings.addAll(says(given, "--spring.datasource.url=") ? List.of() : WITHOUT_DATABASE);
        settings.addAll(says(given, "--spring.kafka.bootstrap-servers=") ? List.of() : WITHOUT_KAFKA);
        settings.addAll(given);
        return settings.toArray(String[]::new);
    }

    private static boolean says(List<String> given, String setting) {
        return given.stream().anyMatch(one -> one.startsWith(setting));
    }

    private static String rehearse(String name, String... settings) {
        try (var context = Services.named(name).orElseThrow().run(settings)) {
            return "answers " + ask(context);
        } catch (RuntimeException asFarAsItGets) {
            return String.valueOf(asFarAsItGets.getMessage());
        }
    }

    /** What stands between a request and its answer is recorded too. */
    private static String ask(ConfigurableApplicationContext context) {
        if (!(context instanceof WebServerApplicationContext web) || web.getWebServer() == null) {
            return "nothing";
        }
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/actuator/health/readiness"
                            .formatted(web.getWebServer().getPort())))
                    .timeout(ANSWERS_WITHIN)
                    .build();
            return Integer.toString(
                    http.send(request, BodyHandlers.discarding()).statusCode());
        } catch (IOException silent) {
            return "nothing";
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "nothing";
        }
    }
}
