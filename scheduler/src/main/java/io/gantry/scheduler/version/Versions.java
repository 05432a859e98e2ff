package io.gantry.scheduler.version;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Manifest;
import io.gantry.scheduler.catalog.Apps;
import io.gantry.scheduler.stored.Columns;
import io.gantry.scheduler.work.DueWork;
import io.gantry.web.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;

/** The versions of every service. */
@Component
public class Versions {
    private static final TypeReference<List<String>> SENTENCES = new TypeReference<>() {};

    private static final ServiceName APP_SERVER = new ServiceName("app-server");

    private final JdbcClient jdbc;
    private final Apps apps;
    private final DueWork due;

    Versions(JdbcClient jdbc, Apps apps, DueWork due) {
        this.jdbc = jdbc;
        this.apps = apps;
        this.due = due;
    }

    /** @throws ProblemException 404, saying what there is */
    public Version require(AppName app, ServiceName service, int version) {
        apps.requireService(app, service);
        return find(app, service, version).orElseThrow(() -> noSuchVersion(app, service, version));
    }

    private ProblemException noSuchVersion(AppName app, ServiceName service, int version) {
        String there = of(app, service).stream()
                .sorted(Comparator.comparingInt(Version::version))
                .map(known -> Integer.toString(known.version()))
                .collect(Collectors.joining(", "));
        return ProblemException.notFound(
                "VERSION_NOT_FOUND",
                "The service \"%s\" of \"%s\" has no version %d; it has %s.".formatted(service, app, version, there));
    }

    public Optional<Version> find(AppName app, ServiceName service, int version) {
        return jdbc.sql("select * from version where app = ? and service = ? and version = ?")
                .param(app.value())
                .param(service.value())
                .param(version)
                .query(Versions::row)
                .optional();
    }

    /** Of one service, the newest first. */
    public List<Version> of(AppName app, ServiceName service) {
        return jdbc.sql("""
                        select * from version where app = ? and service = ?
                        order by uploaded_at desc, version desc""")
                .param(app.value())
                .param(service.value())
                .query(Versions::row)
                .list();
    }

    /** Of every service of an app, by name; of each, the newest first. */
    public List<Version> of(AppName app) {
        return jdbc.sql("select * from version where app = ? order by service, uploaded_at desc, version desc")
                .param(app.value())
                .query(Versions::row)
                .list();
    }

    /** Of each service of an app, the newest; by name. */
    public List<Version> newest(AppName app) {
        return jdbc.sql("""
                        select distinct on (service) * from version where app = ?
                        order by service, uploaded_at desc, version desc""").param(app.value()).query(Versions::row).list();
    }

    /** The service that an app's users call: {@code app-server}, or the only one with a port. */
    public Optional<ServiceName> front(AppName app) {
        List<ServiceName> listening = newest(app).stream()
                .filter(version -> version.manifest().port() != null)
                .map(Version::service)
                .toList();
        return listening.contains(APP_SERVER) || listening.size() == 1
                ? Optional.of(listening.contains(APP_SERVER) ? APP_SERVER : listening.getFirst())
                : Optional.empty();
    }

    /** @throws ProblemException 404, saying which services there are */
    public Version newest(AppName app, ServiceName service) {
        apps.requireService(app, service);
        return of(app, service).getFirst();
    }

    Optional<Version> withBytes(AppName app, ServiceName service, String sha256) {
        return jdbc.sql("select * from version where app = ? and service = ? and sha256 = ?")
                .param(app.value())
                .param(service.value())
                .param(sha256)
                .query(Versions::row)
                .optional();
    }

    int nextNumber(AppName app, ServiceName service) {
        return jdbc.sql("select coalesce(max(version), 0) + 1 from version where app = ? and service = ?")
                .param(app.value())
                .param(service.value())
                .query(Integer.class)
                .single();
    }

    void insert(Version version) {
        jdbc.sql("""
                        insert into version (app, service, version, sha256, size, manifest, inferred, uploaded_at)
                        values (:app, :service, :version, :sha256, :size, :manifest::jsonb, :inferred::jsonb, :uploadedAt)""")
                .param("app", version.app().value())
                .param("service", version.service().value())
                .param("version", version.version())
                .param("sha256", version.sha256())
                .param("size", version.size())
                .param("manifest", Columns.json(version.manifest()))
                .param("inferred", Columns.json(version.inferred()))
                .param("uploadedAt", Columns.of(version.uploadedAt()))
                .update();
    }

    void uploadedAgain(Version version, Instant at) {
        jdbc.sql("update version set uploaded_at = ? where app = ? and service = ? and version = ?")
                .param(Columns.of(at))
                .param(version.app().value())
                .param(version.service().value())
                .param(version.version())
                .update();
    }

    /**
     * All of an app's. Their bundles go after the commit, those that no other version has.
     *
     * @param occasion of which there is only one
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void removeAll(AppName app, DeploymentToken occasion) {
        jdbc.sql("delete from version where app = ? returning sha256")
                .param(app.value())
                .query(String.class)
                .set()
                .forEach(sha256 -> due.enter(BundleRemovalWork.TASK, BundleRemovalWork.id(sha256, occasion)));
    }

    private static Version row(ResultSet row, int number) throws SQLException {
        return new Version(
                new AppName(row.getString("app")),
                new ServiceName(row.getString("service")),
                row.getInt("version"),
                row.getString("sha256"),
                row.getLong("size"),
                Columns.json(row, "manifest", Manifest.class),
                Columns.json(row, "inferred", SENTENCES),
                Columns.instant(row, "uploaded_at"));
    }
}
