package io.gantry.scheduler.version;

import io.gantry.bundle.BundleRefused;
import io.gantry.contract.AppName;
import io.gantry.contract.ServiceName;
import io.gantry.contract.Sha256;
import io.gantry.web.FieldProblem;
import io.gantry.web.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Uploads that go straight to the storage, where people reach it. */
@RestController
@RequestMapping("/api/v1/apps/{app}/services/{service}/uploads")
class GrantedUploadController {
    private static final Pattern SHA256 = Pattern.compile(Sha256.FORM);
    private static final long UNKNOWN = -1;

    private final GrantedUploads granted;
    private final Reception reception;
    private final Uploads uploads;

    GrantedUploadController(GrantedUploads granted, Reception reception, Uploads uploads) {
        this.granted = granted;
        this.reception = reception;
        this.uploads = uploads;
    }

    /** @param size of the zip in bytes */
    record Wanted(@Nullable Long size) {
        long checked() {
            if (size == null || size < 1) {
                throw wrong("/size", "Say the zip's size in bytes");
            }
            return size;
        }
    }

    /** @param sha256 of the zip, 64 lower-case hexadecimal digits */
    record Done(@Nullable String sha256) {
        String checked() {
            if (sha256 == null || !SHA256.matcher(sha256).matches()) {
                throw wrong("/sha256", "Say the zip's SHA-256 in 64 lower-case hexadecimal digits");
            }
            return sha256;
        }
    }

    @PostMapping
    ResponseEntity<UploadGrant> grant(
            @PathVariable AppName app, @PathVariable ServiceName service, @RequestBody Wanted wanted) {
        uploads.refuseIfNotWanted(app);
        reception.refuseWhatIsTooLong(wanted.checked());
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(granted.grant(app, service));
    }

    /** What stands in the storage is taken as if it had been sent to us. */
    @PostMapping("/{upload}/done")
    ResponseEntity<Version> done(
            @PathVariable AppName app,
            @PathVariable ServiceName service,
            @PathVariable String upload,
            @RequestBody Done done)
            throws IOException {
        uploads.refuseIfNotWanted(app);
        String announced = done.checked();
        try (InputStream body = granted.open(app, service, upload);
                ReceivedFile file = reception.receive(body, UNKNOWN)) {
            refuseIfAnother(announced, file);
            return VersionController.answer(uploads.take(app, service, file));
        } catch (BundleRefused refused) {
            throw BundleProblems.of(refused);
        }
    }

    private static void refuseIfAnother(String announced, ReceivedFile file) {
        if (!file.sha256().equals(announced)) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "UPLOAD_DIFFERS",
                    "What is in the storage is not what was to be sent: its SHA-256 is %s, not %s. Upload it anew."
                            .formatted(file.sha256(), announced));
        }
    }

    private static ProblemException wrong(String pointer, String message) {
        return ProblemException.badRequest(
                "INVALID_BODY",
                "The body is not what this request takes: " + message + ".",
                new FieldProblem(pointer, message));
    }
}
