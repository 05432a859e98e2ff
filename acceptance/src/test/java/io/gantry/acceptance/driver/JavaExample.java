package io.gantry.acceptance.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** An example that is compiled before it is deployed, by the script that its README names. */
public final class JavaExample {
    private JavaExample() {}

    /** The folder to deploy. */
    public static Path built(String example) throws IOException, InterruptedException {
        Path folder = Bundle.example(example);
        var build = new ProcessBuilder(folder.resolve("build").toString()).redirectErrorStream(true);
        build.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var process = build.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(said);
        }
        return folder.resolve("target", "bundle");
    }
}
