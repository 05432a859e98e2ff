package io.gantry.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.contract.topic.MessageHeaders;
import io.gantry.tracing.Activity;
import io.gantry.tracing.Traces;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Objects;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.support.KafkaUtils;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Around every listener: one transaction in which the message is entered in the inbox and the listener records what
 * follows from it. A message that is in the inbox already is passed over. Kafka is told only after the commit.
 */
class OncePerMessage implements MethodInterceptor {
    private static final int LONGEST_ID = 300;

    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final Traces traces;

    OncePerMessage(TransactionTemplate transaction, JdbcClient jdbc, InstantSource clock, Traces traces) {
        this.transaction = transaction;
        this.jdbc = jdbc;
        this.clock = clock;
        this.traces = traces;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        ConsumerRecord<?, ?> record = recordOf(invocation);
        if (record == null) {
            return invocation.proceed();
        }
        CurrentMessage message = new CurrentMessage(idOf(record), text(record, MessageHeaders.TRACE_PARENT));
        return ScopedValue.where(CurrentMessage.SCOPE, message).call(() -> handle(record.topic(), message, invocation));
    }

    private @Nullable Object handle(String topic, CurrentMessage message, MethodInvocation invocation)
            throws Throwable {
        try {
            transaction.executeWithoutResult(status -> {
                if (isNew(message)) {
                    proceed(topic, message, invocation);
                }
            });
            return null;
        } catch (ListenerFailure e) {
            throw e.failure();
        }
    }

    private boolean isNew(CurrentMessage message) {
        return jdbc.sql("insert into inbox (consumer, message_id, received_at) values (?, ?, ?) on conflict do nothing")
                        .param(KafkaUtils.getConsumerGroupId())
                        .param(message.id())
                        .param(clock.instant().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    private void proceed(String topic, CurrentMessage message, MethodInvocation invocation) {
        try (Activity activity =
                traces.message("process " + topic, message.traceParent()).with("message", message.id())) {
            proceed(invocation, activity);
        }
    }

    private static void proceed(MethodInvocation invocation, Activity activity) {
        try {
            invocation.proceed();
        } catch (RuntimeException | Error e) {
            activity.failed(e.toString());
            throw e;
        } catch (Throwable e) {
            activity.failed(e.toString());
            throw new ListenerFailure(e);
        }
    }

    private static @Nullable ConsumerRecord<?, ?> recordOf(MethodInvocation invocation) {
        for (Object argument : invocation.getArguments()) {
            if (argument instanceof ConsumerRecord<?, ?> record) {
                return record;
            }
        }
        return null;
    }

    /**
     * A message that some other tool produced has no id; where it lies is as good. What is too long for the database is refused
     * here: from the database's own answer it could not be told from an outage.
     */
    private static String idOf(ConsumerRecord<?, ?> record) {
        String id = text(record, MessageHeaders.MESSAGE_ID);
        if (id != null && id.length() > LONGEST_ID) {
            throw new IllegalArgumentException(
                    "The message's id has %d characters: %d are the most".formatted(id.length(), LONGEST_ID));
        }
        return id != null ? id : MessageHeaders.idByPlace(record.topic(), record.partition(), record.offset());
    }

    private static @Nullable String text(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), UTF_8);
    }

    /** Carries a checked exception through the transaction, which it rolls back. */
    private static final class ListenerFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ListenerFailure(Throwable failure) {
            super(failure);
        }

        Throwable failure() {
            return Objects.requireNonNull(getCause());
        }
    }
}
