package io.gantry.benchmarks.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.benchmarks.platform.Zips;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A Python service with twenty dependencies, which it brings along as wheels, and a megabyte of its own files.
 *
 * @param dependencies which state the list of dependencies is in
 * @param source which state the code is in
 */
record SampleSource(int dependencies, int source) {
    private static final int PACKAGES = 20;
    private static final int BYTES_OF_DATA = 1 << 20;
    private static final String MANIFEST = """
            {"name": "app-server", "runtime": "python", "command": ["python3", "app.py"], "port": 8000}
            """;

    /** By path. */
    Map<String, byte[]> files() {
        Map<String, byte[]> files = new HashMap<>();
        StringBuilder requirements = new StringBuilder("# state %d%n".formatted(dependencies));
        for (int number = 1; number <= PACKAGES; number++) {
            String name = "dependency%02d".formatted(number);
            requirements.append(name).append("==1.0\n");
            files.put("wheels/%s-1.0-py3-none-any.whl".formatted(name), wheel(name));
        }
        files.put("requirements.txt", requirements.toString().getBytes(UTF_8));
        files.put("config.json", MANIFEST.getBytes(UTF_8));
        files.put("app.py", "print('state %d')%n".formatted(source).getBytes(UTF_8));
        files.put("data.bin", data());
        return files;
    }

    /** The least that pip takes for a package. */
    private static byte[] wheel(String name) {
        String folder = name + "-1.0.dist-info/";
        return Zips.of(Map.of(
                name + "/__init__.py", "".getBytes(UTF_8),
                folder + "METADATA",
                        "Metadata-Version: 2.1\nName: %s\nVersion: 1.0\n"
                                .formatted(name)
                                .getBytes(UTF_8),
                folder + "WHEEL",
                        "Wheel-Version: 1.0\nGenerator: benchmark\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
                                .getBytes(UTF_8),
                folder + "RECORD",
                        "%1$s/__init__.py,,\n%2$sMETADATA,,\n%2$sWHEEL,,\n%2$sRECORD,,\n"
                                .formatted(name, folder)
                                .getBytes(UTF_8)));
    }

    private static byte[] data() {
        byte[] data = new byte[BYTES_OF_DATA];
        new SplittableRandom(1).nextBytes(data);
        return data;
    }

    byte[] zip() {
        return Zips.of(files());
    }
}
