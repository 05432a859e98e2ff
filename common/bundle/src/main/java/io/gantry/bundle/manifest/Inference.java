package io.gantry.bundle.manifest;

import io.gantry.bundle.BundleFile;
import io.gantry.bundle.BundleProblem;
import io.gantry.bundle.BundleRefused;
import io.gantry.bundle.Refusal;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.AppRuntime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Completes a config.json by what the bundle's files say, and says what it did. */
final class Inference {
    private static final int USUAL_MOST = 4;

    private final BundleFile bundle;
    private final ObjectNode config;
    private final boolean configured;
    private final List<String> sentences = new ArrayList<>();
    private final List<BundleProblem> problems = new ArrayList<>();

    /** @param configured whether there is a config.json at all */
    Inference(BundleFile bundle, ObjectNode config, boolean configured) {
        this.bundle = bundle;
        this.config = config;
        this.configured = configured;
    }

    List<String> sentences() {
        return sentences;
    }

    /** @throws BundleRefused where the files leave open what has to be known */
    void fillIn(@Nullable ServiceName service) throws IOException {
        name(service);
        runtime();
        if (config.has("runtime")) {
            AppRuntime runtime =
                    AppRuntime.valueOf(config.path("runtime").asString().toUpperCase(Locale.ROOT));
            command(runtime);
            port(runtime);
        }
        mostInstances();
        if (!problems.isEmpty()) {
            throw BundleRefused.manifest(Refusal.INVALID_MANIFEST, problems);
        }
    }

    private void name(@Nullable ServiceName service) {
        if (config.has("name")) {
            return;
        }
        if (service == null) {
            problem("/name", "Say the service's name");
            return;
        }
        config.put("name", service.value());
    }

    private void runtime() {
        if (config.has("runtime")) {
            return;
        }
        List<RuntimeGuess> guesses = RuntimeGuess.from(bundle);
        if (guesses.size() == 1) {
            String runtime = guesses.getFirst().runtime().name().toLowerCase(Locale.ROOT);
            config.put("runtime", runtime);
            sentences.add("The runtime is %s, because there is a %s."
                    .formatted(runtime, guesses.getFirst().evidence()));
        } else if (guesses.isEmpty()) {
            nothingToInferFrom();
        } else {
            problem(
                    "/runtime",
                    "Say the runtime: the bundle has "
                            + guesses.stream().map(RuntimeGuess::evidence).collect(Collectors.joining(" and ")));
        }
    }

    private void nothingToInferFrom() {
        String wanted =
                "python (requirements.txt, *.py), node (package.json), java (a jar), static (index.html) or dockerfile (Dockerfile)";
        if (!configured) {
            throw BundleRefused.manifest(
                    Refusal.NO_MANIFEST,
                    List.of(new BundleProblem(
                            "",
                            "There is no config.json at the top of the zip, and no file there that speaks for "
                                    + wanted)));
        }
        problem("/runtime", "Say the runtime: no file at the top of the zip speaks for " + wanted);
    }

    private void command(AppRuntime runtime) throws IOException {
        JsonNode written = config.path("command");
        if (written.isString()) {
            setCommand(ShellForm.words(written.asString()));
        }
        if (config.has("command")) {
            return;
        }
        Optional<CommandGuess> guess = CommandGuess.from(bundle, runtime);
        if (guess.isEmpty()) {
            problem("/command", "Say the command: the files do not show which of them is to be started");
            return;
        }
        setCommand(guess.get().words());
        if (!guess.get().words().isEmpty()) {
            sentences.add("The command is %s, because %s."
                    .formatted(
                            String.join(" ", guess.get().words()), guess.get().because()));
        }
    }

    private void setCommand(List<String> words) {
        ArrayNode command = config.putArray("command");
        words.forEach(command::add);
    }

    private void port(AppRuntime runtime) throws IOException {
        String kind = config.path("kind").asString("service");
        if (config.has("port") || kind.equals("worker") || kind.equals("job")) {
            return;
        }
        Optional<PortGuess> guess = PortGuess.from(bundle, runtime, configured);
        if (guess.isEmpty()) {
            problem(
                    "/port",
                    "Say the port that the service listens on, or \"kind\": \"worker\" or \"job\" if it listens on none");
            return;
        }
        config.put("port", guess.get().port());
        sentences.add("The port is %d, because %s."
                .formatted(guess.get().port(), guess.get().because()));
    }

    /** Who says only the least is not to be refused for a most that was never said. */
    private void mostInstances() {
        int least = config.path("scale").path("min").asInt(1);
        if (least > USUAL_MOST && config.get("scale") instanceof ObjectNode scale && !scale.has("max")) {
            scale.put("max", least);
        }
    }

    private void problem(String pointer, String message) {
        problems.add(new BundleProblem(pointer, message));
    }
}
