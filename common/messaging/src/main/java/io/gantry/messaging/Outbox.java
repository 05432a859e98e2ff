package io.gantry.messaging;

import io.gantry.tracing.Traces;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where a service puts what it has to say: in the transaction of the decision that makes it say it. The message leaves
 * for Kafka right after the commit, or not at all if there is none. Messages of one key leave in the order they were
 * put here. Those of one transaction are written together, right before its commit.
 */
public class Outbox {
    private final JdbcOperations jdbc;
    private final InstantSource clock;
    private final Tokens tokens;
    private final OutboxRelay relay;
    private final Traces traces;

    Outbox(JdbcOperations jdbc, InstantSource clock, Tokens tokens, OutboxRelay relay, Traces traces) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.tokens = tokens;
        this.relay = relay;
        this.traces = traces;
    }

    /**
     * @param topic a name of {@link io.gantry.contract.topic.Topics}
     * @param message of that topic's family
     * @throws org.springframework.transaction.IllegalTransactionStateException outside a transaction
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void send(String topic, String key, Object message) {
        put(topic, key, Codec.encode(message));
    }

    /** Says on a compacted topic that the key is gone. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void tombstone(String topic, String key) {
        put(topic, key, null);
    }

    private void put(String topic, String key, byte @Nullable [] payload) {
        CurrentMessage cause = CurrentMessage.get();
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        ofThisTransaction().add(new @Nullable Object[] {
            tokens.next(), topic, key, payload, cause == null ? null : cause.id(), traceParent(cause), now
        });
    }

    /** Who records nothing hands on what it was told, so that whoever comes after can go on with the trace. */
    private @Nullable String traceParent(@Nullable CurrentMessage cause) {
        if (traces.isOn()) {
            return traces.here();
        }
        return cause == null ? null : cause.traceParent();
    }

    private Outgoing ofThisTransaction() {
        return TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(Outgoing.class::isInstance)
                .map(Outgoing.class::cast)
                .findFirst()
                .orElseGet(this::begun);
    }

    private Outgoing begun() {
        Outgoing outgoing = new Outgoing();
        TransactionSynchronizationManager.registerSynchronization(outgoing);
        return outgoing;
    }

    /** What one transaction has to say. */
    private final class Outgoing implements TransactionSynchronization {
        private final List<@Nullable Object[]> rows = new ArrayList<>();
        private boolean written;

        void add(@Nullable Object[] row) {
            if (written) {
                throw new IllegalStateException("The transaction is about to be committed: too late for a message");
            }
            rows.add(row);
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            written = true;
            jdbc.batchUpdate("""
                    insert into outbox (message_id, topic, key, payload, causation_id, trace_parent, created_at)
                    values (?, ?, ?, ?, ?, ?, ?)""", rows);
        }

        @Override
        public void afterCommit() {
            relay.wake();
        }
    }
}
