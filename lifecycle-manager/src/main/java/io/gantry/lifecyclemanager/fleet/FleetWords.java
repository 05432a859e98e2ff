package io.gantry.lifecyclemanager.fleet;

import io.gantry.fleet.Fleet;
import io.gantry.fleet.file.FleetFile;
import io.gantry.fleet.file.FleetRefused;
import io.gantry.web.FieldProblem;
import io.gantry.web.ProblemException;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/** Reads a fleet out of a request, by the rules of its file. */
final class FleetWords {
    private FleetWords() {}

    /** @param at where it stands in the body */
    static Fleet read(JsonNode fleet, String at) {
        try {
            return FleetFile.parse("fleet", fleet.toString());
        } catch (FleetRefused refused) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "INVALID_FLEET",
                    "This can't be a fleet; the errors say why.",
                    refused.problems().stream()
                            .map(problem -> new FieldProblem(at + problem.pointer(), problem.message()))
                            .toList());
        }
    }
}
