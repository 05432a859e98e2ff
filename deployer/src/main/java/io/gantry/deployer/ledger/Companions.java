package io.gantry.deployer.ledger;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.placement.PlacementRequest.Companion;
import io.gantry.deployer.ledger.WantedInstances.Ask;
import io.gantry.deployer.ledger.WantedInstances.Runs;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Order;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What an app of several services comes to, so that a node can be found that has room for all of it. */
@Component
class Companions {
    private final JdbcClient jdbc;
    private final Json json;

    Companions(JdbcClient jdbc, Json json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Every instance that is to run once all that is under way has come to its end.
     *
     * @param alongside what is asked for, and not stored yet
     * @return none if they are of one service
     */
    List<Companion> wanted(AppName app, List<Order> alongside) {
        List<Ask> asks = asks(app, alongside);
        List<Runs> runs = running(app);
        Set<ServiceName> services = Stream.concat(
                        asks.stream().map(Ask::service), runs.stream().map(Runs::service))
                .collect(Collectors.toCollection(TreeSet::new));
        if (services.size() < 2) {
            return List.of();
        }
        List<Companion> wanted = services.stream()
                .flatMap(service -> new WantedInstances(service, of(service, asks), ofRunning(service, runs)).all())
                .toList();
        return wanted.stream().map(Companion::service).distinct().count() < 2 ? List.of() : wanted;
    }

    private static List<Ask> of(ServiceName service, List<Ask> asks) {
        return asks.stream().filter(ask -> ask.service().equals(service)).toList();
    }

    private static List<Runs> ofRunning(ServiceName service, List<Runs> runs) {
        return runs.stream().filter(each -> each.service().equals(service)).toList();
    }

    private List<Ask> asks(AppName app, List<Order> alongside) {
        List<Ask> stored = jdbc.sql("""
                        select token, app, service, mode, release, instance from leg
                        where app = ? and not ended order by number""").param(app.value()).query(this::ask).list();
        Set<LegId> known = stored.stream().map(Ask::leg).collect(Collectors.toCollection(HashSet::new));
        Stream<Ask> more = alongside.stream()
                .filter(order -> !known.contains(order.id()))
                .map(order -> new Ask(order.id(), order.mode(), order.release(), order.instance()));
        return Stream.concat(stored.stream(), more).toList();
    }

    private List<Runs> running(AppName app) {
        return jdbc.sql("""
                        select id, deployment, service, release from instance join image using (app, service, version)
                        where app = ? and retired_at is null order by started_at, id""").param(app.value()).query(this::runs).list();
    }

    private Ask ask(ResultSet row, int index) throws SQLException {
        LegId leg = new LegId(
                new AppName(row.getString("app")),
                new ServiceName(row.getString("service")),
                new DeploymentToken(row.getString("token")));
        String release = row.getString("release");
        String instance = row.getString("instance");
        return new Ask(
                leg,
                Mode.valueOf(row.getString("mode")),
                release == null ? null : json.read(release, Release.class),
                instance == null ? null : new InstanceId(instance));
    }

    private Runs runs(ResultSet row, int index) throws SQLException {
        return new Runs(
                new InstanceId(row.getString("id")),
                new DeploymentToken(row.getString("deployment")),
                new ServiceName(row.getString("service")),
                json.read(row.getString("release"), Release.class).manifest());
    }
}
