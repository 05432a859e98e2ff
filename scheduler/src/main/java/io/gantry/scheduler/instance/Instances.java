package io.gantry.scheduler.instance;

import io.gantry.contract.AppName;
import io.gantry.contract.ServiceName;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.InstanceState;
import io.gantry.scheduler.stored.Columns;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The instances of every app, as the node-manager last told. */
@Component
public class Instances {
    private final JdbcClient jdbc;

    Instances(JdbcClient jdbc) {
        this.jdbc = jdbc;
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

    @Transactional(propagation = Propagation.MANDATORY)
    public void enter(Instance instance) {
        jdbc.sql("""
                        insert into instance (id, app, entry) values (?, ?, ?::jsonb)
                        on conflict (id) do update set entry = excluded.entry""")
                .param(instance.id().value())
                .param(instance.app().value())
                .param(Columns.json(instance))
                .update();
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void remove(String id) {
        jdbc.sql("delete from instance where id = ?").param(id).update();
    }
}
