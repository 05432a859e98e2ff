package io.gantry.scheduler.catalog;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.ServiceName;
import io.gantry.scheduler.stored.Columns;
import io.gantry.web.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** All apps and the names of their services. */
@Component
public class Apps {
    private static final int NAMES_SHOWN = 20;

    private final JdbcClient jdbc;

    Apps(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public List<App> all() {
        return jdbc.sql("select * from app order by name").query(Apps::row).list();
    }

    public Optional<App> find(AppName app) {
        return jdbc.sql("select * from app where name = ?")
                .param(app.value())
                .query(Apps::row)
                .optional();
    }

    /** @throws ProblemException 404, saying which apps there are */
    public App require(AppName app) {
        return find(app).orElseThrow(() -> noSuchApp(app));
    }

    /**
     * Until the current transaction ends, the app is not removed, nor is its removal begun.
     *
     * @throws ProblemException 404, or 409 if the app is being removed
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold(AppName app) {
        jdbc.sql("select * from app where name = ? for share")
                .param(app.value())
                .query(Apps::row)
                .optional()
                .orElseThrow(() -> noSuchApp(app))
                .requireToStay();
    }

    /** Likewise of several apps, but for those that somebody has {@linkplain #holdAlone alone} just now: they are left out. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<App> holdFree(Collection<AppName> apps) {
        return jdbc.sql("select * from app where name = any (?) for share skip locked")
                .param(apps.stream().map(AppName::value).toArray(String[]::new))
                .query(Apps::row)
                .list();
    }

    /** Waits for whoever holds the app, and lets nobody else have it until the current transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public App holdAlone(AppName app) {
        return jdbc.sql("select * from app where name = ? for update")
                .param(app.value())
                .query(Apps::row)
                .optional()
                .orElseThrow(() -> noSuchApp(app));
    }

    /** The names of an app's services, sorted. */
    public List<ServiceName> services(AppName app) {
        return jdbc.sql("select name from service where app = ? order by name")
                .param(app.value())
                .query((row, _) -> new ServiceName(row.getString("name")))
                .list();
    }

    /** @throws ProblemException 404, saying which services there are */
    public void requireService(AppName app, ServiceName service) {
        List<ServiceName> services = services(require(app).name());
        if (!services.contains(service)) {
            throw ProblemException.notFound(
                    "SERVICE_NOT_FOUND",
                    "The app \"%s\" has no service \"%s\"; it has %s.".formatted(app, service, listed(services)));
        }
    }

    /**
     * Makes sure that there are the app and the service, and until the current transaction ends nobody else adds versions to it.
     *
     * @throws ProblemException 409 if the app is being removed
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void appear(AppName app, ServiceName service, Instant at) {
        jdbc.sql("insert into app (name, created_at) values (?, ?) on conflict do nothing")
                .param(app.value())
                .param(Columns.of(at))
                .update();
        hold(app);
        jdbc.sql("insert into service (app, name, created_at) values (?, ?, ?) on conflict do nothing")
                .param(app.value())
                .param(service.value())
                .param(Columns.of(at))
                .update();
        jdbc.sql("select name from service where app = ? and name = ? for no key update")
                .param(app.value())
                .param(service.value())
                .query(String.class)
                .single();
    }

    /** @param removal none: the app stays after all */
    @Transactional(propagation = Propagation.MANDATORY)
    public void setRemoval(AppName app, @Nullable DeploymentToken removal) {
        jdbc.sql("update app set removal = ? where name = ?")
                .param(removal == null ? null : removal.value())
                .param(app.value())
                .update();
    }

    /** With its services, versions and schedules. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void remove(AppName app) {
        jdbc.sql("delete from app where name = ?").param(app.value()).update();
    }

    public Optional<App> removedBy(DeploymentToken removal) {
        return jdbc.sql("select * from app where removal = ?")
                .param(removal.value())
                .query(Apps::row)
                .optional();
    }

    private ProblemException noSuchApp(AppName app) {
        List<AppName> names = all().stream().map(App::name).toList();
        return ProblemException.notFound(
                "APP_NOT_FOUND",
                names.isEmpty()
                        ? "There is no app \"%s\", nor any other yet: an app appears with its first upload."
                                .formatted(app)
                        : "There is no app \"%s\"; there is %s.".formatted(app, listed(names)));
    }

    private static String listed(Collection<?> names) {
        String shown = names.stream().limit(NAMES_SHOWN).map(Object::toString).collect(Collectors.joining(", "));
        return names.size() > NAMES_SHOWN ? shown + " and %d more".formatted(names.size() - NAMES_SHOWN) : shown;
    }

    private static App row(ResultSet row, int number) throws SQLException {
        String removal = row.getString("removal");
        return new App(
                new AppName(row.getString("name")),
                Columns.instant(row, "created_at"),
                removal == null ? null : new DeploymentToken(removal));
    }
}
