package io.gantry.lifecyclemanager.access;

import io.gantry.access.ApiKeys;
import io.gantry.contract.fleet.ApiKey;
import io.gantry.contract.fleet.ApiKey.Role;
import io.gantry.contract.topic.Topics;
import io.gantry.messaging.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The keys, kept. What changes here is told to all services in the same transaction. */
@Component
class KeyTable implements ApiKeys {
    private final JdbcClient jdbc;
    private final Outbox outbox;

    KeyTable(JdbcClient jdbc, Outbox outbox) {
        this.jdbc = jdbc;
        this.outbox = outbox;
    }

    @Override
    public Optional<ApiKey> find(String id) {
        return jdbc.sql("select * from api_key where id = ? and revoked_at is null")
                .param(id)
                .query(KeyTable::kept)
                .optional()
                .map(KeptKey::key);
    }

    /** Those that were not revoked, the oldest first. */
    List<KeptKey> all() {
        return jdbc.sql("select * from api_key where revoked_at is null order by created_at, id")
                .query(KeyTable::kept)
                .list();
    }

    /** The same, and nobody else changes any of them until this transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    List<KeptKey> allLocked() {
        return jdbc.sql("select * from api_key where revoked_at is null order by id for update")
                .query(KeyTable::kept)
                .list();
    }

    /** Enters a key; one that is there, or was, stays as it is. */
    @Transactional(propagation = Propagation.MANDATORY)
    void enter(ApiKey key, Instant now) {
        int entered = jdbc.sql("""
                        insert into api_key (id, name, role, sha256, created_at, expires_at)
                        values (:id, :name, :role, :sha256, :created, :expires) on conflict do nothing""")
                .param("id", key.id())
                .param("name", key.name())
                .param("role", key.role().name())
                .param("sha256", key.sha256())
                .param("created", now.atOffset(ZoneOffset.UTC))
                .param("expires", key.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
        if (entered == 1) {
            tell(key);
        }
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void revoke(String id, Instant now) {
        jdbc.sql("update api_key set revoked_at = ? where id = ?")
                .param(now.atOffset(ZoneOffset.UTC))
                .param(id)
                .update();
        outbox.tombstone(Topics.API_KEYS, id);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void tell(ApiKey key) {
        outbox.send(Topics.API_KEYS, key.id(), key);
    }

    private static KeptKey kept(ResultSet row, int index) throws SQLException {
        ApiKey key = new ApiKey(
                row.getString("id"),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                row.getString("sha256"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
        return new KeptKey(
                key, row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
