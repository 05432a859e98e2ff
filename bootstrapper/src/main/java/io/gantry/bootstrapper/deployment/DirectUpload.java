package io.gantry.bootstrapper.deployment;

import io.gantry.bootstrapper.platform.RefusedException;
import io.gantry.bootstrapper.platform.Route;
import io.gantry.bootstrapper.session.Session;
import io.gantry.contract.Sha256;
import io.gantry.storage.BlobStoreUnavailable;
import io.gantry.storage.GrantedBlob;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;

/**
 * A zip straight into the fleet's storage, where the scheduler offers that and the storage is reached from here. If anything is in the
 * way, nobody needs to know: the zip takes the way by which all others go.
 */
final class DirectUpload {
    /** What is smaller is sent sooner than it is asked for. */
    private static final long WORTH_ASKING = 16L << 20;

    /** What the scheduler says of the upload, not of the zip. */
    private static final String OF_UPLOAD = "UPLOAD_";

    private final Session session;

    /** @param url a secret */
    private record Grant(String id, URI url) {
        @Override
        public String toString() {
            return "Grant[id=%s]".formatted(id);
        }
    }

    DirectUpload(Session session) {
        this.session = session;
    }

    /**
     * @param service that the zip is for
     * @return the version that it became; none: it has to go the other way
     */
    Optional<JsonNode> put(Route service, Path zip, LongConsumer sent) throws IOException {
        if (Files.size(zip) < WORTH_ASKING) {
            return Optional.empty();
        }
        Optional<Grant> grant = asked(service, zip);
        return grant.isPresent() && arrives(grant.get(), zip, sent)
                ? done(service.below("uploads", grant.get().id(), "done"), zip)
                : Optional.empty();
    }

    /** Whatever it is refused for, the other way is refused for too, and tells. */
    private Optional<Grant> asked(Route service, Path zip) throws IOException {
        try {
            JsonNode granted = session.platform().post(service.below("uploads"), Map.of("size", Files.size(zip)));
            return Optional.of(session.read(granted, Grant.class));
        } catch (RefusedException notOffered) {
            return Optional.empty();
        }
    }

    private static boolean arrives(Grant grant, Path zip, LongConsumer sent) throws IOException {
        try {
            GrantedBlob.put(grant.url(), zip, sent);
            return true;
        } catch (BlobStoreUnavailable notFromHere) {
            return false;
        }
    }

    private Optional<JsonNode> done(Route done, Path zip) throws IOException {
        try {
            return Optional.of(session.platform().postAndWait(done, Map.of("sha256", Sha256.of(zip))));
        } catch (RefusedException refused) {
            if (refused.problem().code().startsWith(OF_UPLOAD)) {
                return Optional.empty();
            }
            throw refused;
        }
    }
}
