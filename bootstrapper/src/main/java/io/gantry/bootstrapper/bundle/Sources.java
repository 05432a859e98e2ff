package io.gantry.bootstrapper.bundle;

import io.gantry.bootstrapper.session.ExitCode;
import io.gantry.bootstrapper.session.GaveUpException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the services that a path holds: itself, or each of its folders. */
public final class Sources {
    /** The service that end users reach. */
    private static final String MAIN_SERVICE = "app-server";

    private static final String TELLS_A_SERVICE =
            "{config.json,Dockerfile,requirements.txt,package.json,index.html,*.jar,*.py}";

    private Sources() {}

    /**
     * @param service of a path that holds one service: its name, if not what its config.json says; of a path that holds
     *     several: the one that is meant
     */
    public static List<Source> in(Path path, @Nullable String service) throws IOException {
        if (Files.isRegularFile(path)) {
            return List.of(new Source(named(service, WrittenName.inZip(path)), path));
        }
        if (!Files.isDirectory(path)) {
            throw usage("There is no folder or zip " + path, "Name the folder that holds the service, or its zip.");
        }
        if (isService(path)) {
            return List.of(new Source(named(service, WrittenName.inFolder(path)), path));
        }
        return servicesBelow(path, service);
    }

    private static List<Source> servicesBelow(Path path, @Nullable String service) throws IOException {
        List<Source> found = new ArrayList<>();
        for (Path folder : listed(path, "*")) {
            if (Files.isDirectory(folder) && isService(folder)) {
                String name = folder.getFileName().toString();
                found.add(new Source(WrittenName.inFolder(folder).orElse(name), folder));
            }
        }
        refuseNamesakes(found);
        found.removeIf(source -> service != null && !service.equals(source.service()));
        if (found.isEmpty()) {
            throw usage(
                    "Neither %s nor a folder in it holds %s".formatted(path, service == null ? "a service" : service),
                    "A service has a config.json, a Dockerfile, a requirements.txt, a *.py, a package.json, a jar or an index.html.");
        }
        return found;
    }

    private static String named(@Nullable String wanted, Optional<String> written) {
        return wanted == null ? written.orElse(MAIN_SERVICE) : wanted;
    }

    private static boolean isService(Path folder) throws IOException {
        return !listed(folder, TELLS_A_SERVICE).isEmpty();
    }

    private static List<Path> listed(Path folder, String glob) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
            entries.forEach(paths::add);
        }
        paths.sort(null);
        return paths;
    }

    private static void refuseNamesakes(List<Source> sources) {
        Map<String, Path> byName = new HashMap<>();
        for (Source source : sources) {
            Path other = byName.putIfAbsent(source.service(), source.path());
            if (other != null) {
                throw usage(
                        "%s and %s are both named %s".formatted(other, source.path(), source.service()),
                        "Name one folder, or give each service of the app a name of its own in its config.json.");
            }
        }
    }

    private static GaveUpException usage(String problem, String advice) {
        return new GaveUpException(ExitCode.USAGE, problem, advice);
    }
}
