package io.gantry.deployer.node;

import com.github.dockerjava.api.exception.DockerException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What an engine says when it refuses a call, without the protocol around it. */
public final class EngineRefusal {
    private static final Pattern STATUS_AND_BODY = Pattern.compile("(?s)Status [0-9]+: (.*)");
    private static final JsonMapper JSON = new JsonMapper();

    private EngineRefusal() {}

    public static String sentence(DockerException refused) {
        String text = Objects.requireNonNullElse(refused.getMessage(), "it gave no reason");
        Matcher matcher = STATUS_AND_BODY.matcher(text);
        return matcher.matches() ? message(matcher.group(1)) : text;
    }

    private static String message(String body) {
        try {
            return JSON.readTree(body).path("message").asString(body).strip();
        } catch (JacksonException notJson) {
            return body.strip();
        }
    }
}
