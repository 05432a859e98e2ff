package io.gantry.acceptance.driver;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an upload is answered with. */
public record Version(
        String app,
        String service,
        int version,
        String sha256,
        long size,
        @Nullable JsonNode manifest) {}
