package io.gantry.acceptance.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * An example that is compiled before it is deployed, by the script that its README names; in a folder of its own, as others may
 * compile it at the same time.
 */
public final class JavaExample {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private JavaExample() {}

    /** The folder to deploy. */
    public static Path built(String example) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), example);
        FileSystemUtils.copyRecursively(Bundle.example(example), folder);
        Path said = Files.createTempFile("build", ".log");
        try {
            var process = build(folder, said);
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("The build goes on: " + Files.readString(said));
            }
            assertThat(process.exitValue()).as(Files.readString(said)).isZero();
            return folder.resolve("target", "bundle");
        } finally {
            Files.delete(said);
        }
    }

    private static Process build(Path folder, Path output) throws IOException {
        var build = new ProcessBuilder(folder.resolve("build").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        build.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return build.start();
    }
}
