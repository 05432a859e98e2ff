package io.gantry.scheduler;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the scheduler answered. */
public record Answer(HttpResponse<String> response) {
    public int status() {
        return response.statusCode();
    }

    public JsonNode json() {
        return JsonMapper.shared().readTree(response.body());
    }

    /** The text at a pointer. */
    public String at(String pointer) {
        return json().at(pointer).asString("");
    }

    public String code() {
        return at("/code");
    }

    /** Of each problem, where it is. */
    public List<String> pointers() {
        return StreamSupport.stream(json().path("errors").spliterator(), false)
                .map(error -> error.path("pointer").asString())
                .toList();
    }

    public String text() {
        return response.body();
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }
}
