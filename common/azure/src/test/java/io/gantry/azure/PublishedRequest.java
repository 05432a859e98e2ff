package io.gantry.azure;

import io.gantry.testkit.azure.Asked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request as Azure publishes it: what was read in its specification and examples, written down by hand in a file that bears the
 * operation's name. The file's first line says in which version, and where; the second is method and path; each other one a field,
 * {@code ?} before those of the query. A file has the fields of the example, and from the definition those that we send beside them.
 */
record PublishedRequest(String name, String version, String method, Pattern path, Shape query, Shape body) {
    private static final String VERSION = "api-version";

    static List<PublishedRequest> all() {
        try (Stream<Path> files = Files.list(
                Path.of(PublishedRequest.class.getResource("published").toURI()))) {
            return files.sorted().map(PublishedRequest::read).toList();
        } catch (IOException | URISyntaxException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static PublishedRequest read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            String[] methodAndPath = lines.get(1).split(" ", 2);
            var read = new PublishedRequest(
                    file.getFileName().toString().replace(".txt", ""),
                    lines.getFirst().split(" ", 3)[1],
                    methodAndPath[0],
                    pattern(methodAndPath[1]),
                    new Shape(),
                    new Shape());
            lines.stream().skip(2).forEach(read::learn);
            return read;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A scope is a path itself; what is in brackets may be missing. */
    private static Pattern pattern(String template) {
        return Pattern.compile(template.replace(".", "\\.")
                .replace("[", "(")
                .replace("]", ")?")
                .replace("{scope}", ".+")
                .replaceAll("\\{[^}]+}", "[^/]+"));
    }

    private void learn(String fact) {
        if (fact.startsWith("?")) {
            query.learn(fact.substring(1));
        } else {
            body.learn(fact);
        }
    }

    boolean isOf(Asked asked) {
        return method.equals(asked.method()) && path.matcher(asked.path()).matches();
    }

    List<String> deviations(Asked asked) {
        List<String> found = new ArrayList<>();
        if (!version.equals(asked.query().get(VERSION))) {
            found.add("version is %s, not %s".formatted(asked.query().get(VERSION), version));
        }
        query.compare("query", parameters(asked), found);
        if (!body.isEmpty() || !asked.body().isMissingNode()) {
            body.compare("body", asked.body(), found);
        }
        return found.stream().map(deviation -> name + ": " + deviation).toList();
    }

    private static ObjectNode parameters(Asked asked) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        asked.query().forEach(parameters::put);
        parameters.remove(VERSION);
        return parameters;
    }
}
