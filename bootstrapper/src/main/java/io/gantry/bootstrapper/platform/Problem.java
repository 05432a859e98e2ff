package io.gantry.bootstrapper.platform;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a service refused, as RFC 9457 has it.
 *
 * @param code stable, upper case with underscores
 * @param detail a sentence
 */
public record Problem(
        int status,
        String code,
        @Nullable String title,
        @Nullable String detail,
        @Nullable List<FieldProblem> errors) {
    /** @param pointer JSON pointer to the field that is wrong */
    public record FieldProblem(String pointer, String message) {}

    /** What a code of ours begins with where the answer carried none. */
    private static final String NO_CODE = "HTTP_";

    static Problem withoutCode(int status, String body) {
        String detail = body.isBlank() ? "The answer says no more than that." : body.strip();
        return new Problem(status, NO_CODE + status, null, detail, List.of());
    }

    public String sentence() {
        if (detail != null) {
            return detail;
        }
        return title != null ? title : "HTTP status " + status;
    }

    public List<FieldProblem> fields() {
        return errors == null ? List.of() : errors;
    }
}
