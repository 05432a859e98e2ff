package io.gantry.scheduler.version;

import io.gantry.bundle.BundleFile;
import io.gantry.bundle.BundleLimits;
import io.gantry.bundle.BundleRefused;
import io.gantry.bundle.manifest.BundleManifest;
import io.gantry.contract.AppName;
import io.gantry.contract.ServiceName;
import io.gantry.scheduler.catalog.App;
import io.gantry.scheduler.catalog.Apps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes a version of a bundle that has been received: checked first, stored only if it is good. */
@Component
class Uploads {
    private final Apps apps;
    private final Versions versions;
    private final Bundles bundles;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final BundleLimits limits;

    Uploads(
            Apps apps,
            Versions versions,
            Bundles bundles,
            TransactionTemplate transaction,
            InstantSource clock,
            UploadSettings settings) {
        this.apps = apps;
        this.versions = versions;
        this.bundles = bundles;
        this.transaction = transaction;
        this.clock = clock;
        this.limits = settings.limits();
    }

    /** @param isNew whether these bytes are the service's for the first time */
    record Uploaded(Version version, boolean isNew) {}

    /** Refuses at once what would be refused after the last byte. */
    void refuseIfNotWanted(AppName app) {
        if (apps.find(app).map(App::state).filter(App.State.DELETING::equals).isPresent()) {
            transaction.executeWithoutResult(_ -> apps.hold(app));
        }
    }

    /** @throws BundleRefused if it is not a bundle of this service */
    Uploaded take(AppName app, ServiceName service, ReceivedFile file) {
        return known(app, service, file).orElseGet(() -> added(app, service, file));
    }

    private Optional<Uploaded> known(AppName app, ServiceName service, ReceivedFile file) {
        return transaction.execute(
                _ -> versions.withBytes(app, service, file.sha256()).map(version -> {
                    bundles.keep(file);
                    return again(version);
                }));
    }

    private Uploaded added(AppName app, ServiceName service, ReceivedFile file) {
        BundleManifest read = checked(service, file);
        bundles.put(file);
        try {
            return transaction.execute(_ -> add(app, service, file, read));
        } catch (RuntimeException failed) {
            transaction.executeWithoutResult(_ -> bundles.removeIfUnused(file.sha256()));
            throw failed;
        }
    }

    private BundleManifest checked(ServiceName service, ReceivedFile file) {
        try (BundleFile bundle = BundleFile.open(file.path(), limits)) {
            bundle.verify();
            return BundleManifest.read(bundle, service);
        } catch (IOException failed) {
            throw new UncheckedIOException("Can't read the received bundle " + file.path(), failed);
        }
    }

    private Uploaded add(AppName app, ServiceName service, ReceivedFile file, BundleManifest read) {
        apps.appear(app, service, clock.instant());
        bundles.keep(file);
        return versions.withBytes(app, service, file.sha256())
                .map(this::again)
                .orElseGet(() -> first(app, service, file, read));
    }

    private Uploaded again(Version version) {
        versions.uploadedAgain(version, clock.instant());
        return new Uploaded(version, false);
    }

    private Uploaded first(AppName app, ServiceName service, ReceivedFile file, BundleManifest read) {
        Version version = new Version(
                app,
                service,
                versions.nextNumber(app, service),
                file.sha256(),
                file.size(),
                read.manifest(),
                read.inferred(),
                clock.instant());
        versions.insert(version);
        return new Uploaded(version, true);
    }
}
