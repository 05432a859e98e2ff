package io.gantry.deployer.build;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Writes a Dockerfile instruction by instruction. Whatever the words are, each stays within its instruction. */
final class DockerfileText {
    private static final JsonMapper JSON = new JsonMapper();

    private final StringBuilder text = new StringBuilder();
    private int steps;

    int steps() {
        return steps;
    }

    DockerfileText from(String image) {
        return line("FROM " + plain(image));
    }

    DockerfileText label(Map<String, String> labels) {
        return line("LABEL "
                + labels.entrySet().stream()
                        .map(label -> quoted(label.getKey()) + "=" + quoted(label.getValue()))
                        .collect(Collectors.joining(" ")));
    }

    DockerfileText workdir(String path) {
        return line("WORKDIR " + plain(path));
    }

    /** @param files names of our own choosing; they are patterns to the builder */
    DockerfileText copy(List<String> files, String target) {
        return line("COPY " + words(files, target));
    }

    DockerfileText copyOwned(String owner, String source, String target) {
        return line("COPY --chown=" + plain(owner) + " " + words(List.of(source), target));
    }

    DockerfileText run(String... words) {
        return line("RUN " + JSON.writeValueAsString(words));
    }

    DockerfileText user(String user) {
        return line("USER " + plain(user));
    }

    DockerfileText stopSignal(String signal) {
        return line("STOPSIGNAL " + plain(signal));
    }

    DockerfileText command(List<String> words) {
        return line("CMD " + JSON.writeValueAsString(words));
    }

    private static String words(List<String> sources, String target) {
        return JSON.writeValueAsString(
                Stream.concat(sources.stream(), Stream.of(target)).toList());
    }

    private static String quoted(String value) {
        refuseControlCharacters(value);
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$") + '"';
    }

    /** A value that needs no quoting. */
    private static String plain(String value) {
        if (!value.matches("[A-Za-z0-9@:._/+-]+")) {
            throw new IllegalArgumentException("Can't stand in a Dockerfile as it is: " + quoted(value));
        }
        return value;
    }

    private static void refuseControlCharacters(String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A control character can't stand in a Dockerfile");
        }
    }

    private DockerfileText line(String line) {
        text.append(line).append('\n');
        steps++;
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
