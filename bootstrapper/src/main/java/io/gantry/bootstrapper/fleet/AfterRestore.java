package io.gantry.bootstrapper.fleet;

import io.gantry.contract.topic.Topics;
import io.gantry.remote.HostKey;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is done to a database that was restored, before anybody works with it: it is of another time than the world. It is done here, and
 * not by those whose tables these are, as here alone it is known that all of them have ended.
 */
final class AfterRestore {
    /** More often than the lease can have changed hands since the backup. */
    private static final int FENCING = 1_000_000;

    /** That all was as it was to be is no news any more: whoever waits for it waits for the next look. */
    private static final String LOOK = """
            update lifecycle_manager.reconciliation
            set settled = false, news = nextval('lifecycle_manager.news'),
                waits_for = '["The database was restored: what is there has not been looked at yet"]';
            """;

    private AfterRestore() {}

    /** @param hostKeys of the machines that are there, by their names */
    static String sql(Map<String, HostKey> hostKeys) {
        return lease() + LOOK + outboxes() + (hostKeys.isEmpty() ? "" : machines(hostKeys));
    }

    /** No number that was given since the backup is given again. */
    private static String lease() {
        return """
                update lifecycle_manager.lease set holder = '', until = '-infinity', fencing = fencing + %d;
                """.formatted(FENCING);
    }

    /**
     * What was sent may not have been applied by then, and Kafka has it no more: it is sent again, and passed over by whoever had applied
     * it. API keys are not: those that are valid are told at every start, and one that was revoked is not to be valid for a moment.
     */
    private static String outboxes() {
        return """
                do $$
                declare home text;
                begin
                  for home in select table_schema from information_schema.tables where table_name = 'outbox' loop
                    execute format('update %%I.outbox set sent_at = null where topic <> %%L', home, '%s');
                  end loop;
                end $$;
                """.formatted(Topics.API_KEYS);
    }

    /** One that was made anew since is another machine, on which nothing is prepared. */
    private static String machines(Map<String, HostKey> hostKeys) {
        return """
                update lifecycle_manager.machine known
                set host_key = null, engine = null, prepared_at = null, prepared_for = null
                from (values %s) as now (name, host_key)
                where known.name = now.name and known.host_key <> now.host_key;
                """.formatted(hostKeys.entrySet().stream()
                .map(machine -> "(%s, %s)"
                        .formatted(
                                quoted(machine.getKey()),
                                quoted(machine.getValue().toString())))
                .collect(Collectors.joining(", ")));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
