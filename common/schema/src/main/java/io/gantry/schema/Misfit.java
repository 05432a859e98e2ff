package io.gantry.schema;

import tools.jackson.core.JsonPointer;

/**
 * A place in a document that does not fit the schema.
 *
 * @param at the value; or the key that is not known, or that is missing
 * @param message a sentence that says what would be right
 */
public record Misfit(JsonPointer at, String message) {
    /** As in RFC 6901: {@code /health/path}; empty: the whole document. */
    public String pointer() {
        return at.toString();
    }
}
