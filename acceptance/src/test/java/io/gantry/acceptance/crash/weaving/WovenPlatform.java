package io.gantry.acceptance.crash.weaving;

import io.gantry.acceptance.crash.woven.Crash;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The code that the platform image is built from, woven, and started from as in the image: with a record of what the services load,
 * which is made once a build. No agent is needed, with which there would be no such record.
 */
public final class WovenPlatform {
    private static final Path CODE = Path.of("..", "platform", "target", "platform");
    private static final Path WOVEN = Path.of("target", "crash", "platform").toAbsolutePath();
    private static final int SECONDS_TO_RECORD = 400;

    private WovenPlatform() {}

    /** Begins a command that runs a service; made where it is not there, or older than the code, by one process at a time. */
    public static List<String> command() throws IOException, InterruptedException {
        Files.createDirectories(WOVEN);
        try (FileChannel file = FileChannel.open(
                        WOVEN.resolveSibling("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = file.lock()) {
            if (!isCurrent()) {
                weave();
                record();
            }
        }
        List<String> command = java("-XX:AOTCache=" + cache());
        command.addAll(jar());
        return command;
    }

    private static boolean isCurrent() throws IOException {
        return Files.exists(cache())
                && Files.getLastModifiedTime(cache()).compareTo(newest(CODE)) > 0
                && Files.getLastModifiedTime(cache())
                                .compareTo(newest(classesOfTests().resolve(packageOf(Crash.class))))
                        > 0
                && Files.getLastModifiedTime(cache())
                                .compareTo(newest(classesOfTests().resolve(packageOf(Weaver.class))))
                        > 0;
    }

    private static FileTime newest(Path folder) throws IOException {
        FileTime newest = FileTime.fromMillis(0);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                FileTime time = Files.getLastModifiedTime(file);
                newest = time.compareTo(newest) > 0 ? time : newest;
            }
        }
        return newest;
    }

    private static String packageOf(Class<?> type) {
        return type.getPackageName().replace('.', '/');
    }

    private static void weave() throws IOException {
        Files.createDirectories(WOVEN.resolve("lib"));
        Files.deleteIfExists(cache());
        try (URLClassLoader product = new URLClassLoader(jars(), null)) {
            weave(new Weaver(Place.ALL, Keeper.ALL, product));
        }
    }

    private static URL[] jars() throws IOException {
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> files = Files.walk(CODE)) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                jars.add(jar.toUri().toURL());
            }
        }
        return jars.toArray(URL[]::new);
    }

    private static void weave(Weaver weaver) throws IOException {
        List<String> woven = new ArrayList<>();
        for (String part : List.of("", "lib")) {
            try (Stream<Path> files = Files.list(CODE.resolve(part)).filter(Files::isRegularFile)) {
                for (Path file : files.toList()) {
                    Path copy = WOVEN.resolve(part).resolve(file.getFileName());
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                    woven.addAll(wovenIn(copy, weaver));
                }
            }
        }
        weaver.types().stream()
                .filter(type -> !woven.contains(type))
                .findFirst()
                .ifPresent(missing -> {
                    throw new IllegalStateException("The product has no " + missing);
                });
    }

    /** @return the types that were found in a jar, and woven */
    private static List<String> wovenIn(Path jar, Weaver weaver) throws IOException {
        List<String> woven = new ArrayList<>();
        if (!jar.toString().endsWith(".jar")) {
            return woven;
        }
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            for (String type : weaver.types()) {
                Path file = zip.getPath(type + ".class");
                if (Files.exists(file)) {
                    Files.write(file, weaver.woven(type, Files.readAllBytes(file)));
                    woven.add(type);
                }
            }
            if (woven.contains(Place.INBOX)) {
                addCrash(zip);
            }
        }
        return woven;
    }

    /** Whoever has an inbox has what is woven in. */
    private static void addCrash(FileSystem zip) throws IOException {
        String here = packageOf(Crash.class);
        Files.createDirectories(zip.getPath(here));
        try (Stream<Path> classes = Files.list(classesOfTests().resolve(here))) {
            for (Path file : classes.toList()) {
                try (InputStream bytes = Files.newInputStream(file)) {
                    Files.copy(bytes, zip.getPath(here, file.getFileName().toString()));
                }
            }
        }
    }

    private static Path classesOfTests() {
        try {
            return Path.of(Crash.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void record() throws IOException, InterruptedException {
        List<String> command = java("-XX:AOTCacheOutput=" + cache());
        command.addAll(jar());
        command.add("rehearse");
        Path said = WOVEN.resolveSibling("record.out");
        Process recording = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!recording.waitFor(SECONDS_TO_RECORD, TimeUnit.SECONDS) || !Files.exists(cache())) {
            recording.destroyForcibly();
            throw new AssertionError("What the services load was not recorded: " + Files.readString(said));
        }
    }

    /** As the image's program starts them, but for the heap, which there is a part of the container's memory. */
    private static List<String> java(String ofCache) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + WOVEN.resolve("options"),
                "-XX:CompilerDirectivesFile=" + WOVEN.resolve("compiler"),
                "-Xmx160m",
                ofCache));
    }

    private static List<String> jar() {
        return List.of("-jar", WOVEN.resolve("platform.jar").toString());
    }

    private static Path cache() {
        return WOVEN.resolve("platform.aot");
    }
}
