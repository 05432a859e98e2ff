package io.gantry.bootstrapper.platform;

import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a service answered.
 *
 * @param location where that goes on which the call began
 */
public record Answer(JsonNode content, Optional<URI> location) {
    /** The last part of the location's path: what identifies the resource there. */
    public Optional<String> locatedId() {
        return location.map(URI::getPath).map(path -> path.substring(path.lastIndexOf('/') + 1));
    }
}
