package io.gantry.deployer.ledger;

import io.gantry.contract.AppName;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.Release;
import io.gantry.deployer.leg.Image;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.LocalImage;
import io.gantry.deployer.registry.ContainerRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The image of each version that was built. */
@Component
public class Images {
    private final JdbcClient jdbc;
    private final Json json;
    private final ContainerRegistry registry;
    private final InstantSource clock;

    Images(JdbcClient jdbc, Json json, ContainerRegistry registry, InstantSource clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.registry = registry;
        this.clock = clock;
    }

    /** @param recipe what it was built by; the image is still what a build would give if today's recipe is the same */
    public record Built(Image image, String recipe) {}

    public Optional<Built> find(AppName app, ServiceName service, int version) {
        return jdbc.sql("""
                        select release, reference, recipe from image
                        where app = ? and service = ? and version = ? and lost_at is null""")
                .params(app.value(), service.value(), version)
                .query(this::built)
                .optional();
    }

    /** The image that an instance was started from, though the registry may have lost it since: the node may have it. */
    public Optional<Image> of(InstanceId instance) {
        return jdbc.sql("""
                        select release, reference, recipe from image
                        where (app, service, version) = (select app, service, version from instance where id = ?)""")
                .param(instance.value())
                .query(this::built)
                .optional()
                .map(Built::image);
    }

    public Optional<String> dockerfile(AppName app, ServiceName service, int version) {
        return jdbc.sql("select dockerfile from image where app = ? and service = ? and version = ?")
                .params(app.value(), service.value(), version)
                .query(String.class)
                .optional();
    }

    void enter(LegId leg, Image image, LocalImage builtAs) {
        jdbc.sql("""
                        insert into image (app, service, version, reference, recipe, dockerfile, release, pushed_at)
                        values (?, ?, ?, ?, ?, ?, ?::jsonb, ?)
                        on conflict (app, service, version) do update set
                            reference = excluded.reference, recipe = excluded.recipe, dockerfile = excluded.dockerfile,
                            release = excluded.release, pushed_at = excluded.pushed_at, lost_at = null""")
                .params(
                        leg.app().value(),
                        leg.service().value(),
                        image.version(),
                        image.reference(),
                        builtAs.recipe(),
                        builtAs.dockerfile(),
                        json.write(image.release()),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    void enterLoss(LegId leg, int version) {
        jdbc.sql("update image set lost_at = ? where app = ? and service = ? and version = ?")
                .params(
                        clock.instant().atOffset(ZoneOffset.UTC),
                        leg.app().value(),
                        leg.service().value(),
                        version)
                .update();
    }

    /** All that are to stay of a service, by digest. */
    public Set<String> references(AppName app, ServiceName service) {
        return jdbc.sql("select reference from image where app = ? and service = ?")
                .params(app.value(), service.value())
                .query((row, _) -> registry.here(row.getString("reference")))
                .set();
    }

    /** The service is gone: one of the same name that comes after it begins with an empty book. */
    public void forget(AppName app, ServiceName service) {
        jdbc.sql("delete from image where app = ? and service = ?")
                .params(app.value(), service.value())
                .update();
    }

    /** They have no image any more: one that is wanted is built anew. */
    public void forget(AppName app, ServiceName service, List<Integer> versions) {
        jdbc.sql("delete from image where app = :app and service = :service and version in (:versions)")
                .param("app", app.value())
                .param("service", service.value())
                .param("versions", versions)
                .update();
    }

    private Built built(ResultSet row, int index) throws SQLException {
        Release release = json.read(row.getString("release"), Release.class);
        return new Built(new Image(release, registry.here(row.getString("reference"))), row.getString("recipe"));
    }
}
