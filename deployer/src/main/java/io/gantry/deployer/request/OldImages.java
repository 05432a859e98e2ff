package io.gantry.deployer.request;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.ServiceName;
import io.gantry.deployer.ledger.Images;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Work;
import io.gantry.deployer.node.Nodes;
import io.gantry.deployer.request.RetentionSettings.Held;
import io.gantry.deployer.work.Agenda;
import io.gantry.messaging.Tokens;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Discards images of versions that nobody is likely to run again, as those of an app that is gone are discarded: the book forgets
 * them, then they go from the container registry and from every node, each by work of its own.
 */
@Component
class OldImages {
    private final JdbcClient jdbc;
    private final LegTable legs;
    private final Images images;
    private final Nodes nodes;
    private final Agenda agenda;
    private final Tokens tokens;
    private final RetentionSettings settings;
    private final InstantSource clock;

    OldImages(
            JdbcClient jdbc,
            LegTable legs,
            Images images,
            Nodes nodes,
            Agenda agenda,
            Tokens tokens,
            RetentionSettings settings,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.legs = legs;
        this.images = images;
        this.nodes = nodes;
        this.agenda = agenda;
        this.tokens = tokens;
        this.settings = settings;
        this.clock = clock;
    }

    record Service(AppName app, ServiceName service) {}

    /** Those that have more images than are kept in any case. */
    List<Service> services() {
        return jdbc.sql(
                        "select app, service from image group by app, service having count(*) > ? order by app, service")
                .param(settings.versions())
                .query((row, _) ->
                        new Service(new AppName(row.getString("app")), new ServiceName(row.getString("service"))))
                .list();
    }

    /** While anything is under way with the service, nothing goes: another time will do. */
    @Transactional
    public void discard(Service of) {
        legs.lockLane(of.app(), of.service());
        if (!legs.lane(of.app(), of.service()).isEmpty()) {
            return;
        }
        List<Integer> old = settings.old(held(of), clock.instant());
        if (!old.isEmpty()) {
            images.forget(of.app(), of.service(), old);
            agenda.add(new LegId(of.app(), of.service(), new DeploymentToken(tokens.next())), work(old));
        }
    }

    private List<Held> held(Service of) {
        return jdbc.sql("""
                        select version,
                            exists (select from instance
                                    where app = image.app and service = image.service and version = image.version
                                          and retired_at is null) as wanted,
                            greatest(pushed_at, (
                                select max(began_at) from leg
                                where app = image.app and service = image.service
                                      and (release ->> 'version')::int = image.version)) as last_named
                        from image where app = ? and service = ? order by version desc""")
                .params(of.app().value(), of.service().value())
                .query((row, _) -> new Held(
                        row.getInt("version"),
                        row.getBoolean("wanted"),
                        row.getObject("last_named", OffsetDateTime.class).toInstant()))
                .list();
    }

    private List<Work> work(List<Integer> old) {
        Stream<Work> pulled = nodes.all().stream().map(node -> new Work.DiscardPulled(node.id()));
        return Stream.concat(Stream.of(new Work.DiscardOld(old)), pulled).toList();
    }
}
