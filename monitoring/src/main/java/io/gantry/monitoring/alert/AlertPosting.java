package io.gantry.monitoring.alert;

import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler.ExponentialBackoffFailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.gantry.remote.StatusLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Posts alerts to the webhook, each until it is taken or has been tried often enough, whatever dies meanwhile. */
@Configuration(proxyBeanMethods = false)
class AlertPosting {
    private static final Logger log = LoggerFactory.getLogger(AlertPosting.class);
    static final TaskDescriptor<Void> TASK = TaskDescriptor.of("alert");
    private static final int FIRST_REFUSAL = 300;

    @Bean
    OneTimeTask<Void> alertTask(JdbcClient jdbc, AlertSettings settings, HttpClient webhookClient) {
        return Tasks.oneTime(TASK)
                .onFailure(tryAgain(settings))
                .execute((execution, _) ->
                        post(webhookClient, settings, execution.getId(), body(jdbc, execution.getId())));
    }

    @Bean(destroyMethod = "close")
    HttpClient webhookClient(AlertSettings settings) {
        return HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
    }

    private static FailureHandler<Void> tryAgain(AlertSettings settings) {
        FailureHandler<Void> later = new ExponentialBackoffFailureHandler<>(settings.retryAfter());
        return (failed, operations) -> {
            if (failed.getExecution().consecutiveFailures + 1 < settings.tries()) {
                later.onFailure(failed, operations);
            } else {
                log.error(
                        "Given up the alert {}",
                        failed.getExecution().getId(),
                        failed.getCause().orElse(null));
                operations.stop();
            }
        };
    }

    private static String body(JdbcClient jdbc, String id) {
        return jdbc.sql("select body from alert where id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    /** The key lets the receiver tell an alert that comes again from another one. */
    private static void post(HttpClient client, AlertSettings settings, String id, String body) {
        URI webhook = Objects.requireNonNull(settings.webhook(), "No alert is entered without a webhook");
        HttpRequest request = HttpRequest.newBuilder(webhook)
                .timeout(settings.timeout())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", id)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            int status = StatusLine.of(client, request);
            if (status >= FIRST_REFUSAL) {
                throw new IllegalStateException("The webhook answered with status " + status);
            }
        } catch (IOException unreachable) {
            throw new UncheckedIOException("The webhook does not answer", unreachable);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException("Monitoring stops; the alert is posted when it is back", stopped);
        }
    }
}
