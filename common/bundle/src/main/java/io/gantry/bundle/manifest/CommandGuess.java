package io.gantry.bundle.manifest;

import io.gantry.bundle.BundleFile;
import io.gantry.contract.manifest.AppRuntime;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a bundle's files are probably started.
 *
 * @param words none: what the runtime itself, or the Dockerfile, says
 * @param because of what, the end of a sentence
 */
record CommandGuess(List<String> words, String because) {
    /** @return empty where the files do not say which of them is to be started */
    static Optional<CommandGuess> from(BundleFile bundle, AppRuntime runtime) throws IOException {
        return switch (runtime) {
            case PYTHON -> file(bundle, ".py", List.of("app.py", "main.py", "server.py"), "python3");
            case NODE -> {
                Optional<CommandGuess> byPackage = PackageJson.of(bundle).flatMap(PackageJson::start);
                yield byPackage.isPresent()
                        ? byPackage
                        : file(bundle, ".js", List.of("server.js", "index.js", "app.js"), "node");
            }
            case JAVA -> file(bundle, ".jar", List.of("app.jar"), "java", "-jar");
            case STATIC -> Optional.of(new CommandGuess(List.of(), "the files are served as they are"));
            case DOCKERFILE -> Optional.of(new CommandGuess(List.of(), "the Dockerfile says what is started"));
        };
    }

    /** One of the usual names, else the only file of its kind. */
    private static Optional<CommandGuess> file(
            BundleFile bundle, String ending, List<String> usual, String... program) {
        List<String> files = RuntimeGuess.topFilesEnding(bundle, ending);
        return usual.stream()
                .filter(files::contains)
                .findFirst()
                .or(() -> files.stream().filter(_ -> files.size() == 1).findFirst())
                .map(file -> new CommandGuess(
                        Stream.concat(Stream.of(program), Stream.of(file)).toList(), "there is a " + file));
    }
}
