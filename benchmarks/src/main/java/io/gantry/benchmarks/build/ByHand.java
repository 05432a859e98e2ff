package io.gantry.benchmarks.build;

import io.gantry.benchmarks.measure.Stopwatch;
import io.gantry.benchmarks.processes.Command;
import io.gantry.benchmarks.processes.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a developer types who has no platform: {@code docker build} and {@code docker push}, of the same Dockerfile and
 * files, with the builder that the engine has.
 *
 * @param image in the container registry that Gantry pushes to
 */
record ByHand(String image, String dockerfile) {
    private static final String DOCKERFILE = ".gantry.Dockerfile";
    private static final Map<String, String> CLASSIC_BUILDER = Map.of("DOCKER_BUILDKIT", "0");

    /** @return milliseconds; the files lie ready when they begin */
    double buildAndPush(SampleSource source) throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.create("build")) {
            Path folder = scratch.folder();
            unpack(source, folder);
            Stopwatch watch = Stopwatch.start();
            String file = folder.resolve(DOCKERFILE).toString();
            run("docker", "build", "-q", "-t", image, "-f", file, folder.toString());
            run("docker", "push", "-q", image);
            return watch.millis();
        }
    }

    private void unpack(SampleSource source, Path folder) throws IOException {
        Files.createDirectories(folder.resolve("wheels"));
        for (var file : source.files().entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        Files.writeString(folder.resolve(DOCKERFILE), dockerfile);
        Files.writeString(folder.resolve(".dockerignore"), DOCKERFILE + "\n.dockerignore\n");
    }

    private static void run(String... words) throws IOException, InterruptedException {
        Command.run(CLASSIC_BUILDER, List.of(words));
    }
}
