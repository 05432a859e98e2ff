package io.gantry.bundle.manifest;

import io.gantry.bundle.BundleEntry;
import io.gantry.bundle.BundleFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a Node package says of how it is started. */
record PackageJson(String startScript, String main) {
    private static final String FILE_NAME = "package.json";
    private static final int LARGEST = 1 << 20;
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern NODE_AND_FILE = Pattern.compile("node\\s+([\\w./-]+)");

    /** @return empty where there is none, or one that npm will have to complain of */
    static Optional<PackageJson> of(BundleFile bundle) throws IOException {
        Optional<BundleEntry> file = bundle.file(FILE_NAME).filter(entry -> entry.size() <= LARGEST);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = bundle.read(file.get())) {
            JsonNode json = JSON.readTree(in.readAllBytes());
            return Optional.of(new PackageJson(
                    json.path("scripts").path("start").asString(""),
                    json.path("main").asString("")));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /** A start script that only starts one file is not started through npm, which would stand between it and its signals. */
    Optional<CommandGuess> start() {
        Matcher direct = NODE_AND_FILE.matcher(startScript.strip());
        if (direct.matches()) {
            return Optional.of(
                    new CommandGuess(List.of("node", direct.group(1)), "package.json has it as its start script"));
        }
        if (!startScript.isBlank()) {
            return Optional.of(new CommandGuess(List.of("npm", "start"), "package.json has a start script"));
        }
        return main.isBlank()
                ? Optional.empty()
                : Optional.of(new CommandGuess(List.of("node", main), "package.json has it as its main file"));
    }
}
