package io.gantry.lifecyclemanager.machine;

import io.gantry.azure.Ongoing;
import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.lease.Lease;
import io.gantry.lifecyclemanager.lease.LeaseLost;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * What the provider is at, in the central database: whoever acts next goes on with it. What can't be written down is done all the
 * same: the database's own machine is switched on without it, and whoever asks for the same again finds it or goes on.
 */
@Component
@OnlyInFleet
public class OngoingTable implements Ongoing {
    private static final Logger log = LoggerFactory.getLogger(OngoingTable.class);

    private final JdbcClient jdbc;
    private final Lease lease;
    private final InstantSource clock;

    OngoingTable(JdbcClient jdbc, Lease lease, InstantSource clock) {
        this.jdbc = jdbc;
        this.lease = lease;
        this.clock = clock;
    }

    /**
     * @param what as in "create vm-3"
     * @param since when it was begun, by whomever
     */
    public record Shown(String machine, String what, Instant since) {}

    /** The longest first. */
    public List<Shown> all() {
        return jdbc.sql("select machine, what, since from ongoing order by since, machine")
                .query((row, _) -> new Shown(
                        row.getString("machine"),
                        row.getString("what"),
                        row.getObject("since", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** The same begun again, as nobody knows what became of it, takes since the first time. */
    @Override
    public void begun(String machine, String what, URI address) {
        write(() -> jdbc.sql("""
                        insert into ongoing (machine, what, address, since) values (:machine, :what, :address, :now)
                        on conflict (machine) do update set what = excluded.what, address = excluded.address,
                            since = case when ongoing.what = excluded.what then ongoing.since else excluded.since end""")
                .param("machine", machine)
                .param("what", what)
                .param("address", address.toString())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update());
    }

    @Override
    public Optional<URI> of(String machine) {
        try {
            return lease.held().isEmpty()
                    ? Optional.empty()
                    : jdbc.sql("select address from ongoing where machine = ?")
                            .param(machine)
                            .query(String.class)
                            .optional()
                            .map(URI::create);
        } catch (DataAccessException away) {
            return Optional.empty();
        }
    }

    @Override
    public void ended(String machine) {
        write(() ->
                jdbc.sql("delete from ongoing where machine = ?").param(machine).update());
    }

    private void write(Runnable writing) {
        try {
            lease.held().ifPresent(fencing -> lease.fenced(fencing, writing));
        } catch (DataAccessException | TransactionException | LeaseLost unwritten) {
            log.warn("What the provider is at could not be written down: {}", unwritten.getMessage());
        }
    }
}
