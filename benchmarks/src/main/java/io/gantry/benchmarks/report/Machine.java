package io.gantry.benchmarks.report;

import io.gantry.benchmarks.engine.LocalEngine;
import io.gantry.benchmarks.processes.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** On what and when it was measured: figures mean little without. */
public record Machine(Map<String, String> facts, double load) {
    private static final double QUIET = 0.5;
    private static final double KIB_PER_GIB = 1024 * 1024;

    public static Machine look(Instant now, LocalEngine engine) throws IOException, InterruptedException {
        double load = Double.parseDouble(firstWord(Path.of("/proc/loadavg")));
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("measured", now.truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("revision", revision());
        facts.put("cores", Runtime.getRuntime().availableProcessors() + ", " + field("/proc/cpuinfo", "model name"));
        facts.put("memory", "%.0f GiB".formatted(kib(field("/proc/meminfo", "MemTotal")) / KIB_PER_GIB));
        facts.put(
                "system",
                field("/etc/os-release", "PRETTY_NAME").replace("\"", "") + ", Linux "
                        + System.getProperty("os.version"));
        facts.put("Docker", docker(engine));
        facts.put("Java", System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"));
        facts.put("load", String.format(Locale.ROOT, "%.2f in the minute before", load));
        return new Machine(facts, load);
    }

    /** Whether so little else was going on that the figures may be quoted. */
    public boolean quiet() {
        return load < QUIET;
    }

    private static String docker(LocalEngine engine) {
        var info = engine.docker().infoCmd().exec();
        return "%s, %s, cgroup %s"
                .formatted(
                        info.getServerVersion(),
                        info.getDriver(),
                        Objects.requireNonNullElse(info.getRawValues().get("CgroupVersion"), "1"));
    }

    private static String revision() throws IOException, InterruptedException {
        try {
            return Command.run("git", "describe", "--always", "--dirty").strip();
        } catch (IOException | IllegalStateException noRepository) {
            return "unknown";
        }
    }

    private static double kib(String amount) {
        return Double.parseDouble(amount.replace("kB", "").strip());
    }

    private static String firstWord(Path file) throws IOException {
        return Files.readString(file).replaceFirst(" .*\\s*", "");
    }

    /** The value of {@code name: value} or {@code name=value}. */
    private static String field(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.replaceFirst("^[^:=]*[:=]\\s*", "").strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException("Reading " + file, e);
        }
    }
}
