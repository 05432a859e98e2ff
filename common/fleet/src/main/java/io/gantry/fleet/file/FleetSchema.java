package io.gantry.fleet.file;

import io.gantry.schema.DocumentSchema;
import io.gantry.schema.Misfit;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The published JSON Schema of fleet.yaml: what may stand where, what it means, and what holds where nothing stands. */
public final class FleetSchema {
    private static final DocumentSchema SCHEMA = DocumentSchema.beside(FleetSchema.class, "fleet.schema.json");

    private FleetSchema() {}

    /** The schema itself, for editors. */
    public static String text() {
        return SCHEMA.text();
    }

    /** Tells what does not fit and takes it away, so that the rest can still be checked. */
    static void check(ObjectNode written, Problems problems) {
        for (Misfit misfit : SCHEMA.misfits(written)) {
            problems.add(misfit.at(), misfit.message());
            takeAway(written, misfit.at());
        }
    }

    static void fillInDefaults(ObjectNode written) {
        SCHEMA.fillInDefaults(written);
    }

    /** Machines and services keep their places in their lists; any other list goes as a whole. */
    private static void takeAway(ObjectNode written, JsonPointer at) {
        JsonNode parent = written.at(at.head());
        if (parent instanceof ObjectNode object) {
            object.remove(at.last().getMatchingProperty());
        } else if (parent instanceof ArrayNode items && at.head().head().matches()) {
            items.set(at.last().getMatchingIndex(), items.objectNode());
        } else if (parent instanceof ArrayNode) {
            takeAway(written, at.head());
        }
    }
}
