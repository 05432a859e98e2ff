package io.gantry.scheduler.instance;

import io.gantry.contract.AppName;
import io.gantry.contract.ServiceName;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.InstanceState;
import io.gantry.scheduler.stored.Columns;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The instances of every app, as the node-manager last told; those that it has not told of yet, as the deployer did. */
@Component
public class Instances {
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Instances(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The oldest first. */
    public List<Instance> of(AppName app) {
        List<Instance> instances = jdbc.sql("select entry from instance where app = ?")
                .param(app.value())
                .query((row, _) -> Columns.json(row, "entry", Instance.class))
                .list();
        return instances.stream()
                .sorted(Comparator.comparing(Instance::startedAt).thenComparing(Instance::id))
                .toList();
    }

    /** Where a service is reached: at its oldest instance that runs. */
    public Optional<URI> address(AppName app, ServiceName service) {
        return of(app).stream()
                .filter(instance -> instance.service().equals(service) && instance.state() == InstanceState.RUNNING)
                .flatMap(instance -> HttpAddress.of(instance.address(), instance.port()).stream())
                .findFirst();
    }

    /** As the node-manager tells. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void enter(Instance instance) {
        insert(instance, "do update set app = excluded.app, entry = excluded.entry, gone_at = null");
    }

    /** As somebody else tells: where the node-manager has said anything of it, even that it is gone, that counts. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void enterUnheard(Instance instance) {
        insert(instance, "do nothing");
    }

    private void insert(Instance instance, String onConflict) {
        jdbc.sql("insert into instance (id, app, entry) values (?, ?, ?::jsonb) on conflict (id) " + onConflict)
                .param(instance.id().value())
                .param(instance.app().value())
                .param(Columns.json(instance))
                .update();
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void remove(String id) {
        Instant now = clock.instant();
        jdbc.sql("""
                        insert into instance (id, gone_at) values (?, ?)
                        on conflict (id) do update set app = null, entry = null, gone_at = excluded.gone_at""").param(id).param(Columns.of(now)).update();
        jdbc.sql("delete from instance where gone_at < ?")
                .param(Columns.of(now.minus(REMEMBERED)))
                .update();
    }
}
