package io.gantry.acceptance.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a request was answered with. */
public record Answer(int status, HttpHeaders headers, String body) {
    /** The answer, if it has this status; says the body otherwise. */
    public Answer expect(int expected) {
        assertThat(status).as("Status of the answer %s", body).isEqualTo(expected);
        return this;
    }

    public <T> T as(Class<T> type) {
        return Rest.JSON.readValue(body, type);
    }

    public JsonNode json() {
        return Rest.JSON.readTree(body);
    }

    public Problem problem() {
        assertThat(headers.firstValue("Content-Type")).contains("application/problem+json");
        return as(Problem.class);
    }

    /** RFC 9457, with Gantry's code and the fields that are wrong. */
    public record Problem(
            int status,
            String code,
            String detail,
            @Nullable List<FieldProblem> errors) {
        public List<String> pointers() {
            return errors == null
                    ? List.of()
                    : errors.stream().map(FieldProblem::pointer).toList();
        }
    }

    public record FieldProblem(String pointer, String message) {}
}
