package io.gantry.lifecyclemanager.restart;

import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.registry.Instance;
import io.gantry.messaging.News;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What is in the service registry, running or to be running. */
@Component
class Running {
    private final JdbcClient jdbc;
    private final RestartSettings settings;
    private final News news = new News();

    Running(JdbcClient jdbc, RestartSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    void enter(Instance instance) {
        jdbc.sql("""
                        insert into instance (id, app, service, kind, node) values (?, ?, ?, ?, ?)
                        on conflict (id) do update set node = excluded.node""")
                .params(
                        instance.id().value(),
                        instance.app().value(),
                        instance.service().value(),
                        instance.kind().name(),
                        instance.node().value())
                .update();
        news.tell();
    }

    /**
     * What is not found may have been deployed just now, to the knowledge of whoever asks, so it is waited for a moment. Of
     * deployments nothing is known here: also what is not there at all is waited for.
     */
    <T> Optional<T> await(Supplier<Optional<T>> look) throws InterruptedException {
        return news.await(settings.arrival(), look);
    }

    void remove(InstanceId instance) {
        jdbc.sql("delete from instance where id = ?").param(instance.value()).update();
    }

    /** A job runs to its end; there is nothing to restart. */
    List<ServiceName> services(AppName app) {
        return jdbc.sql("select distinct service from instance where app = ? and kind <> ? order by service")
                .params(app.value(), Kind.JOB.name())
                .query((row, _) -> new ServiceName(row.getString("service")))
                .list();
    }

    /** An instance that another can take the place of. */
    record Movable(InstanceId id, AppName app, ServiceName service) {}

    /** A job is none: its work is not begun anew. */
    List<Movable> movableOn(NodeId node) {
        return jdbc.sql("select id, app, service from instance where node = ? and kind <> ? order by id")
                .params(node.value(), Kind.JOB.name())
                .query((row, _) -> new Movable(
                        new InstanceId(row.getString("id")),
                        new AppName(row.getString("app")),
                        new ServiceName(row.getString("service"))))
                .list();
    }

    List<AppName> appsWithModel(ServiceName model) {
        return jdbc.sql("select distinct app from instance where service = ? and kind = ? order by app")
                .params(model.value(), Kind.MODEL.name())
                .query((row, _) -> new AppName(row.getString("app")))
                .list();
    }
}
