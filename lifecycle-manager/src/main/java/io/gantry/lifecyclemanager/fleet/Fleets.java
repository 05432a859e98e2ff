package io.gantry.lifecyclemanager.fleet;

import io.gantry.fleet.Fleet;
import io.gantry.fleet.Machine;
import io.gantry.lifecyclemanager.OnlyInFleet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What the fleet is to be, kept. */
@Component
@OnlyInFleet
public class Fleets {
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final InstantSource clock;

    Fleets(JdbcClient jdbc, JsonMapper json, InstantSource clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** With the machines that its pools have, among its machines. Empty until it has been told. */
    public Optional<FleetDocument> find() {
        return jdbc.sql("""
                        select *, (select coalesce(json_agg(document order by added_at, number), '[]')
                                   from pool_machine where removed_at is null) as of_pools from fleet""")
                .query((row, _) -> document(
                        row, fleet(row).with(List.of(json.readValue(row.getString("of_pools"), Machine[].class)))))
                .optional();
    }

    /** As it was told: of its pools, what they may have. */
    Optional<FleetDocument> findAsTold() {
        return jdbc.sql("select * from fleet")
                .query((row, _) -> document(row, fleet(row)))
                .optional();
    }

    private Fleet fleet(ResultSet row) throws SQLException {
        return json.readValue(row.getString("document"), Fleet.class);
    }

    private static FleetDocument document(ResultSet row, Fleet fleet) throws SQLException {
        return new FleetDocument(
                fleet,
                row.getString("platform_image"),
                row.getLong("revision"),
                row.getObject("seeded_at", OffsetDateTime.class).toInstant(),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }

    /** Nobody changes it until this transaction has ended. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock() {
        jdbc.sql("select pg_advisory_xact_lock(hashtext(current_schema() || '.fleet'))")
                .query((_, _) -> true)
                .single();
    }

    @Transactional(propagation = Propagation.MANDATORY)
    Optional<FleetDocument> findToChange() {
        lock();
        return findAsTold();
    }

    /** A machine of a pool has come or gone; whoever changes that holds the lock. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void changed() {
        jdbc.sql("update fleet set revision = revision + 1, changed_at = ?")
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        unsettle();
    }

    /** The same fleet again changes nothing; but whoever tells it wants to know how it is, so nothing is settled until it has been looked at. */
    @Transactional(propagation = Propagation.MANDATORY)
    void enter(Fleet fleet, @Nullable String platformImage) {
        boolean known = findAsTold()
                .filter(it -> it.fleet().equals(fleet) && Objects.equals(it.platformImage(), platformImage))
                .isPresent();
        if (!known) {
            write(fleet, platformImage);
        }
        unsettle();
    }

    private void write(Fleet fleet, @Nullable String platformImage) {
        jdbc.sql("""
                        insert into fleet (document, platform_image, revision, seeded_at, changed_at)
                        values (:document::json, :image, 1, :now, :now)
                        on conflict (only_one) do update
                        set document = excluded.document, platform_image = excluded.platform_image,
                            revision = fleet.revision + 1, changed_at = excluded.changed_at""")
                .param("document", json.writeValueAsString(fleet))
                .param("image", platformImage)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private void unsettle() {
        jdbc.sql("""
                        update reconciliation
                        set news = nextval('news'), settled = false, refused = '[]', waits_for = '["a look at the fleet as it is to be now"]'""").update();
    }
}
