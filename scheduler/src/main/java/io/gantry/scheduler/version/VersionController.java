package io.gantry.scheduler.version;

import io.gantry.bundle.BundleRefused;
import io.gantry.contract.AppName;
import io.gantry.contract.ServiceName;
import io.gantry.scheduler.catalog.Apps;
import io.gantry.scheduler.version.Uploads.Uploaded;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/apps/{app}/services/{service}/versions")
class VersionController {
    private static final long UNKNOWN = -1;

    private final Reception reception;
    private final Uploads uploads;
    private final Versions versions;
    private final Apps apps;

    VersionController(Reception reception, Uploads uploads, Versions versions, Apps apps) {
        this.reception = reception;
        this.uploads = uploads;
        this.versions = versions;
        this.apps = apps;
    }

    /** The body is the zip itself. */
    @PostMapping(
            consumes = {"application/zip", "application/x-zip-compressed", MediaType.APPLICATION_OCTET_STREAM_VALUE})
    ResponseEntity<Version> upload(
            @PathVariable AppName app, @PathVariable ServiceName service, HttpServletRequest request)
            throws IOException {
        uploads.refuseIfNotWanted(app);
        return upload(app, service, request.getInputStream(), request.getContentLengthLong());
    }

    /** The body is a form with the zip in its field {@code bundle}. */
    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<Version> uploadForm(
            @PathVariable AppName app, @PathVariable ServiceName service, HttpServletRequest request) {
        uploads.refuseIfNotWanted(app);
        return upload(app, service, BundleForm.zip(request), UNKNOWN);
    }

    private ResponseEntity<Version> upload(AppName app, ServiceName service, InputStream body, long announced) {
        try (ReceivedFile file = reception.receive(body, announced)) {
            return answer(uploads.take(app, service, file));
        } catch (BundleRefused refused) {
            throw BundleProblems.of(refused);
        }
    }

    static ResponseEntity<Version> answer(Uploaded uploaded) {
        Version version = uploaded.version();
        URI location = URI.create("/api/v1/apps/%s/services/%s/versions/%d"
                .formatted(version.app(), version.service(), version.version()));
        return uploaded.isNew()
                ? ResponseEntity.created(location).body(version)
                : ResponseEntity.ok().location(location).body(version);
    }

    @GetMapping
    List<Version> all(@PathVariable AppName app, @PathVariable ServiceName service) {
        apps.requireService(app, service);
        return versions.of(app, service);
    }

    @GetMapping("/{version}")
    Version one(@PathVariable AppName app, @PathVariable ServiceName service, @PathVariable int version) {
        return versions.require(app, service, version);
    }
}
