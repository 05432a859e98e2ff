package io.gantry.loadbalancer.reservation;

import io.gantry.contract.NodeId;
import io.gantry.contract.registry.Node;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Which node has how much left. One transaction at a time holds it, whichever load balancer it is in: it raises the
 * revision, which others then wait for, catches up on what changed since this load balancer last looked, decides in
 * memory and writes what it decided under the new revision. If the transaction fails, the picture in memory is thrown
 * away.
 */
@Component
class Ledger {
    private final ReentrantLock lock = new ReentrantLock();
    private final JdbcClient jdbc;
    private final NodeTable nodes;
    private final ReservationTable reservations;
    private final PlacementSettings settings;
    private @Nullable Picture picture;

    Ledger(JdbcClient jdbc, NodeTable nodes, ReservationTable reservations, PlacementSettings settings) {
        this.jdbc = jdbc;
        this.nodes = nodes;
        this.reservations = reservations;
        this.settings = settings;
    }

    /** The picture as it is now; nobody else changes it until the current transaction ends. */
    Picture open() {
        if (!TransactionSynchronizationManager.hasResource(this)) {
            lock.lock();
            TransactionSynchronizationManager.registerSynchronization(new Closing());
            TransactionSynchronizationManager.bindResource(this, catchUp());
        }
        return (Picture) Objects.requireNonNull(TransactionSynchronizationManager.getResource(this));
    }

    void save(Reservation reservation) {
        Picture now = open();
        reservations.save(reservation, now.revision());
        now.apply(reservation);
    }

    void save(NodeId id, @Nullable Node node) {
        Picture now = open();
        nodes.save(id, node, now.revision());
        now.apply(id, node);
    }

    /** Forgets reservations that ended before. */
    void purge(Instant before) {
        Picture now = open();
        reservations.forgetEnded(before);
        jdbc.sql("update ledger set purged = ?").param(now.revision()).update();
    }

    private Picture catchUp() {
        Revision next = jdbc.sql("update ledger set revision = revision + 1 returning revision, purged")
                .query(Revision.class)
                .single();
        Picture known = picture;
        Picture current = known != null && known.revision() >= next.purged() ? known : new Picture(settings.seed());
        nodes.changedAfter(current.revision(), current::apply);
        reservations.changedAfter(current.revision(), current::apply);
        current.isAsOf(next.revision());
        picture = current;
        return current;
    }

    private record Revision(long revision, long purged) {}

    private final class Closing implements TransactionSynchronization {
        @Override
        public void afterCompletion(int status) {
            if (status != STATUS_COMMITTED) {
                picture = null;
            }
            TransactionSynchronizationManager.unbindResourceIfPossible(Ledger.this);
            lock.unlock();
        }
    }
}
