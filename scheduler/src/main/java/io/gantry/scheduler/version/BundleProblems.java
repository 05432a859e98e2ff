package io.gantry.scheduler.version;

import io.gantry.bundle.BundleRefused;
import io.gantry.bundle.Refusal;
import io.gantry.web.FieldProblem;
import io.gantry.web.ProblemException;
import java.util.List;
import org.springframework.http.HttpStatus;

/** A refused bundle, in the words of HTTP. */
final class BundleProblems {
    private BundleProblems() {}

    static ProblemException of(BundleRefused refused) {
        List<FieldProblem> errors = refused.problems().stream()
                .map(problem -> new FieldProblem(problem.pointer(), problem.message()))
                .toList();
        return new ProblemException(
                status(refused.refusal()), refused.refusal().name(), refused.getMessage() + ".", errors);
    }

    private static HttpStatus status(Refusal refusal) {
        return switch (refusal) {
            case NOT_A_ZIP, EMPTY_ZIP, CORRUPT_ENTRY, HEADER_MISMATCH -> HttpStatus.BAD_REQUEST;
            case ZIP_TOO_LARGE, TOO_MANY_ENTRIES, UNPACKED_TOO_LARGE, RATIO_TOO_HIGH -> HttpStatus.CONTENT_TOO_LARGE;
            case PATH_LEAVES_BUNDLE,
                    ABSOLUTE_PATH,
                    DRIVE_IN_PATH,
                    BACKSLASH_IN_PATH,
                    CONTROL_CHARACTER_IN_PATH,
                    PATH_NOT_UTF8,
                    PATH_TOO_LONG,
                    SYMLINK,
                    SPECIAL_FILE,
                    DUPLICATE_PATH,
                    AMBIGUOUS_PATH,
                    ENCRYPTED,
                    UNSUPPORTED_COMPRESSION,
                    NO_MANIFEST,
                    INVALID_MANIFEST -> HttpStatus.UNPROCESSABLE_CONTENT;
        };
    }
}
