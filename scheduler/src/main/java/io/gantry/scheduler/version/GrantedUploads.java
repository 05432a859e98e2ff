package io.gantry.scheduler.version;

import io.gantry.contract.AppName;
import io.gantry.contract.ServiceName;
import io.gantry.messaging.Tokens;
import io.gantry.scheduler.stored.Columns;
import io.gantry.storage.Landing;
import io.gantry.storage.NoSuchBlob;
import io.gantry.web.ProblemException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Zips on their way into the storage without us. What was put there is fetched and received like any other body, as often as
 * somebody says that it is done; it goes when nobody can put anything there any more.
 */
@Component
class GrantedUploads {
    /** As long as the largest bundle may take on a slow line. */
    private static final Duration GOOD_FOR = Duration.ofHours(1);

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    /** What was begun in time may take a while to end. */
    private static final Duration LEFT_ALONE = Duration.ofHours(1);

    private final Landing landing;
    private final JdbcClient jdbc;
    private final Tokens tokens;
    private final InstantSource clock;

    GrantedUploads(Landing landing, JdbcClient jdbc, Tokens tokens, InstantSource clock) {
        this.landing = landing;
        this.jdbc = jdbc;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** @throws ProblemException 409 where people do not reach the storage */
    UploadGrant grant(AppName app, ServiceName service) {
        String id = tokens.next();
        Instant now = clock.instant();
        Instant expiresAt = now.plus(GOOD_FOR);
        URI url = landing.grant(id, now.minus(CLOCKS_DIFFER), expiresAt).orElseThrow(GrantedUploads::notOffered);
        jdbc.sql("insert into granted_upload (id, app, service, expires_at) values (?, ?, ?, ?)")
                .param(id)
                .param(app.value())
                .param(service.value())
                .param(Columns.of(expiresAt))
                .update();
        return new UploadGrant(id, url, expiresAt);
    }

    private static ProblemException notOffered() {
        return new ProblemException(
                HttpStatus.CONFLICT,
                "UPLOAD_NOT_DIRECT",
                "This fleet's storage is not reached from outside: send the zip to .../versions instead.");
    }

    /** @throws ProblemException 404 if it was not granted, or too long ago; 409 if nothing is there yet */
    InputStream open(AppName app, ServiceName service, String id) {
        if (!isGranted(app, service, id)) {
            throw ProblemException.notFound(
                    "UPLOAD_NOT_FOUND",
                    "No upload \"%s\" was granted for the service \"%s\" of \"%s\", or it has expired: ask for another, or send the zip to .../versions."
                            .formatted(id, service, app));
        }
        try {
            return new LandedBody(landing.open(id));
        } catch (NoSuchBlob nothing) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "UPLOAD_NOT_THERE",
                    "Nothing is in the storage yet: put the blocks and then their list at the url that was granted, and say again that it is done.");
        }
    }

    private boolean isGranted(AppName app, ServiceName service, String id) {
        return jdbc.sql("select exists (select 1 from granted_upload where id = ? and app = ? and service = ?)")
                .param(id)
                .param(app.value())
                .param(service.value())
                .query(Boolean.class)
                .single();
    }

    /** Lets go of what was put, whether or not it was said to be done. May be repeated, from wherever it was interrupted. */
    void sweep() {
        sweepExpiredBefore(clock.instant().minus(LEFT_ALONE));
    }

    void sweepExpiredBefore(Instant instant) {
        expiredBefore(instant).forEach(id -> {
            landing.discard(id);
            jdbc.sql("delete from granted_upload where id = ?").param(id).update();
        });
    }

    private List<String> expiredBefore(Instant instant) {
        return jdbc.sql("select id from granted_upload where expires_at < ? order by expires_at")
                .param(Columns.of(instant))
                .query(String.class)
                .list();
    }
}
