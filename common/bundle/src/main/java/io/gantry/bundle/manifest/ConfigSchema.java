package io.gantry.bundle.manifest;

import io.gantry.bundle.BundleProblem;
import io.gantry.bundle.BundleRefused;
import io.gantry.bundle.Refusal;
import io.gantry.schema.DocumentSchema;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The published JSON Schema of config.json: what may stand where, what it means, and what holds where nothing stands. */
public final class ConfigSchema {
    private static final DocumentSchema SCHEMA = DocumentSchema.beside(ConfigSchema.class, "config.schema.json");

    private ConfigSchema() {}

    /** The schema itself, for editors. */
    public static String text() {
        return SCHEMA.text();
    }

    static void refuseWhatDoesNotFit(ObjectNode config) {
        List<BundleProblem> problems = SCHEMA.misfits(config).stream()
                .map(misfit -> new BundleProblem(misfit.pointer(), misfit.message()))
                .toList();
        if (!problems.isEmpty()) {
            throw BundleRefused.manifest(Refusal.INVALID_MANIFEST, problems);
        }
    }

    static void fillInDefaults(ObjectNode config) {
        SCHEMA.fillInDefaults(config);
    }
}
