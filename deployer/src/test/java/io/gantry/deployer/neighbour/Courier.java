package io.gantry.deployer.neighbour;

import io.gantry.messaging.Outbox;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.transaction.support.TransactionTemplate;

/** Brings the neighbours' messages to the real topics; within the transaction that is under way, or in one of its own. */
@TestComponent
class Courier {
    private final Outbox outbox;
    private final TransactionTemplate transaction;

    Courier(Outbox outbox, TransactionTemplate transaction) {
        this.outbox = outbox;
        this.transaction = transaction;
    }

    void bring(String topic, String key, Object message) {
        transaction.executeWithoutResult(status -> outbox.send(topic, key, message));
    }

    void bringTombstone(String topic, String key) {
        transaction.executeWithoutResult(status -> outbox.tombstone(topic, key));
    }
}
