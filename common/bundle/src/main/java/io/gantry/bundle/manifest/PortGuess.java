package io.gantry.bundle.manifest;

import io.gantry.bundle.BundleEntry;
import io.gantry.bundle.BundleFile;
import io.gantry.contract.manifest.AppRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The port that a service probably listens on.
 *
 * @param because of what, the end of a sentence
 */
record PortGuess(int port, String because) {
    static final int USUAL = 8000;

    private static final int LARGEST_DOCKERFILE = 256 << 10;
    private static final Pattern EXPOSE = Pattern.compile("(?mi)^\\s*EXPOSE\\s+([0-9]{1,5})(?:/tcp)?\\s*$");

    /** @param configured whether there is a config.json, which then should have said it */
    static Optional<PortGuess> from(BundleFile bundle, AppRuntime runtime, boolean configured) throws IOException {
        Optional<PortGuess> exposed = runtime == AppRuntime.DOCKERFILE ? exposed(bundle) : Optional.empty();
        if (exposed.isPresent()) {
            return exposed;
        }
        if (runtime == AppRuntime.STATIC) {
            return Optional.of(new PortGuess(USUAL, "the files are served there"));
        }
        return configured
                ? Optional.empty()
                : Optional.of(new PortGuess(USUAL, "nothing says otherwise; it is in the environment variable PORT"));
    }

    private static Optional<PortGuess> exposed(BundleFile bundle) throws IOException {
        Optional<BundleEntry> file = bundle.file("Dockerfile").filter(entry -> entry.size() <= LARGEST_DOCKERFILE);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = bundle.read(file.get())) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<Integer> ports = EXPOSE.matcher(text)
                    .results()
                    .map(match -> Integer.valueOf(match.group(1)))
                    .distinct()
                    .toList();
            return ports.size() == 1
                    ? Optional.of(new PortGuess(ports.getFirst(), "the Dockerfile exposes it"))
                    : Optional.empty();
        }
    }
}
