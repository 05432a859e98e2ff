package io.gantry.bundle.manifest;

import io.gantry.bundle.BundleEntry;
import io.gantry.bundle.BundleFile;
import io.gantry.contract.manifest.AppRuntime;
import java.util.ArrayList;
import java.util.List;

/**
 * A runtime that a bundle's files speak for.
 *
 * @param evidence the file that speaks for it
 */
record RuntimeGuess(AppRuntime runtime, String evidence) {
    /**
     * @return none where nothing is known; several where the files contradict each other. A Dockerfile beats everything, a
     *     list of dependencies or a jar beats loose files.
     */
    static List<RuntimeGuess> from(BundleFile bundle) {
        if (bundle.file("Dockerfile").isPresent()) {
            return List.of(new RuntimeGuess(AppRuntime.DOCKERFILE, "Dockerfile"));
        }
        List<RuntimeGuess> strong = new ArrayList<>();
        named(bundle, "requirements.txt", AppRuntime.PYTHON, strong);
        named(bundle, "package.json", AppRuntime.NODE, strong);
        ending(bundle, ".jar", AppRuntime.JAVA, strong);
        return strong.isEmpty() ? byLooseFiles(bundle) : strong;
    }

    private static List<RuntimeGuess> byLooseFiles(BundleFile bundle) {
        List<RuntimeGuess> loose = new ArrayList<>();
        ending(bundle, ".py", AppRuntime.PYTHON, loose);
        if (loose.isEmpty()) {
            named(bundle, "index.html", AppRuntime.STATIC, loose);
        }
        return loose;
    }

    private static void named(BundleFile bundle, String name, AppRuntime runtime, List<RuntimeGuess> guesses) {
        bundle.file(name).ifPresent(_ -> guesses.add(new RuntimeGuess(runtime, name)));
    }

    private static void ending(BundleFile bundle, String ending, AppRuntime runtime, List<RuntimeGuess> guesses) {
        topFilesEnding(bundle, ending).stream()
                .findFirst()
                .ifPresent(file -> guesses.add(new RuntimeGuess(runtime, file)));
    }

    static List<String> topFilesEnding(BundleFile bundle, String ending) {
        return bundle.entries().stream()
                .filter(entry -> !entry.folder() && entry.isAtTop())
                .map(BundleEntry::path)
                .filter(path -> path.endsWith(ending))
                .toList();
    }
}
