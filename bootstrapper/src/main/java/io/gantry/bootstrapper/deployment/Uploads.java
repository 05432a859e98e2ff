package io.gantry.bootstrapper.deployment;

import static io.gantry.bootstrapper.platform.PlatformService.SCHEDULER;

import io.gantry.bootstrapper.bundle.Source;
import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Ages;
import io.gantry.bootstrapper.terminal.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Brings services to the platform, each as a zip, and says which version each became. */
final class Uploads {
    private final Session session;
    private final String app;

    /** @param inferred what config.json left out */
    private record Version(
            String service,
            int version,
            String sha256,
            long size,
            @Nullable List<String> inferred) {
        List<String> sentences() {
            return inferred == null ? List.of() : inferred;
        }
    }

    Uploads(Session session, String app) {
        this.session = session;
        this.app = app;
    }

    List<DeploymentRequest.Service> all(List<Source> sources) throws IOException {
        List<DeploymentRequest.Service> uploaded = new ArrayList<>();
        for (Source source : sources) {
            uploaded.add(new DeploymentRequest.Service(source.service(), upload(source)));
        }
        return uploaded;
    }

    private int upload(Source source) throws IOException {
        Instant began = session.now();
        session.terminal().status("  %s packing".formatted(source.service()));
        try (Source.Zip zip = source.zip()) {
            long size = Files.size(zip.path());
            Version version =
                    session.read(upload(source, zip.path(), sent -> progress(source, sent, size)), Version.class);
            String elapsed = Ages.exact(Duration.between(began, session.now()));
            session.terminal()
                    .say("  %-16s %-12s %8s   version %d, %s"
                            .formatted(source.service(), "uploaded", elapsed, version.version(), Sizes.of(size)));
            version.sentences().forEach(said -> session.terminal().say("  " + said));
            return version.version();
        }
    }

    private JsonNode upload(Source source, Path zip, LongConsumer sent) throws IOException {
        Route service = Route.to(SCHEDULER, "apps", app, "services", source.service());
        return new DirectUpload(session)
                .put(service, zip, sent)
                .orElseGet(() -> session.platform().upload(service.below("versions"), zip, sent));
    }

    private void progress(Source source, long sent, long size) {
        session.terminal()
                .status("  %s uploading %d %% of %s".formatted(source.service(), 100 * sent / size, Sizes.of(size)));
    }
}
