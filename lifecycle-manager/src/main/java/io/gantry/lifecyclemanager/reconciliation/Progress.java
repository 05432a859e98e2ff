package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.lifecyclemanager.lease.Lease;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Whether the fleet is as it is to be, and if not, what is waited for. */
@Component
@OnlyInFleet
class Progress {
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Lease lease;

    Progress(JdbcClient jdbc, JsonMapper json, Lease lease) {
        this.jdbc = jdbc;
        this.json = json;
        this.lease = lease;
    }

    /**
     * @param news the number of this piece of news
     * @param refused what of that is not tried again until the fleet is told anew
     */
    record Shown(long news, boolean settled, List<String> waitsFor, List<String> refused) {}

    Shown find() {
        return jdbc.sql("select * from reconciliation")
                .query((row, _) -> new Shown(
                        row.getLong("news"),
                        row.getBoolean("settled"),
                        sentences(row.getString("waits_for")),
                        sentences(row.getString("refused"))))
                .single();
    }

    private List<String> sentences(String column) {
        return Arrays.asList(json.readValue(column, String[].class));
    }

    /**
     * @param seen the number of the news that there was before the fleet was looked at: if somebody told or changed meanwhile what the
     *     fleet is to be, nothing is said. It stands in the row itself, so that who waits for the row's lock sees the newest.
     */
    void enter(long fencing, long seen, boolean settled, List<String> waitsFor, List<String> refused) {
        lease.fenced(fencing, () -> {
            jdbc.sql("""
                            update reconciliation
                            set news = nextval('news'), settled = :settled, waits_for = :waits::json, refused = :refused::json
                            where (settled, waits_for::text, refused::text) is distinct from (:settled, :waits, :refused)
                                and news = :seen""")
                    .param("settled", settled)
                    .param("waits", json.writeValueAsString(waitsFor))
                    .param("refused", json.writeValueAsString(refused))
                    .param("seen", seen)
                    .update();
        });
    }
}
