package io.gantry.machines.docker;

import io.gantry.machines.MachineFailure;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a machine runs, as its os-release says.
 *
 * @param id {@code debian}
 * @param name for people: {@code Debian GNU/Linux 12 (bookworm)}
 */
record OperatingSystem(String id, String name) {
    private static final Set<String> SUPPORTED = Set.of("debian", "ubuntu");
    private static final Pattern ENTRY = Pattern.compile("([A-Z_]+)=[\"']?([^\"'\n]*)[\"']?");

    static OperatingSystem parse(String osRelease) {
        Map<String, String> entries = osRelease
                .lines()
                .map(String::strip)
                .map(ENTRY::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(entry -> entry.group(1), entry -> entry.group(2), (first, second) -> second));
        String id = entries.getOrDefault("ID", "unknown");
        return new OperatingSystem(id, entries.getOrDefault("PRETTY_NAME", id));
    }

    void requireSupported(String machine) {
        if (!SUPPORTED.contains(id)) {
            throw new MachineFailure(
                    MachineFailure.Reason.SYSTEM_NOT_SUPPORTED,
                    "%s runs %s; Gantry prepares Debian and Ubuntu. Give it a machine with one of those."
                            .formatted(machine, name));
        }
    }
}
