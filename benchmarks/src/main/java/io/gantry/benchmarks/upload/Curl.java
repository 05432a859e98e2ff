package io.gantry.benchmarks.upload;

import io.gantry.benchmarks.measure.Progress;
import io.gantry.benchmarks.processes.Command;
import io.gantry.benchmarks.processes.Packages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The same client for both sides. */
final class Curl {
    private final Path program;

    Curl(Progress progress) throws IOException, InterruptedException {
        this.program = Packages.program("curl", "curl", progress);
    }

    /** @return seconds from the first byte of the connection to the last byte of the answer */
    double put(Path file, URI to) throws IOException, InterruptedException {
        return send(file, to, List.of("-X", "PUT"));
    }

    /** @return as {@link #put} */
    double post(Path file, String contentType, URI to) throws IOException, InterruptedException {
        return send(file, to, List.of("-X", "POST", "-H", "Content-Type: " + contentType));
    }

    private double send(Path file, URI to, List<String> how) throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(List.of(program.toString(), "-sS", "-H", "Expect:", "-T", file.toString()));
        words.addAll(how);
        words.addAll(List.of("-o", "-", "-w", "\\n%{http_code} %{time_total}", to.toString()));
        String output = Command.run(Map.of("no_proxy", "127.0.0.1"), words);
        String last = output.substring(output.lastIndexOf('\n') + 1);
        int space = last.indexOf(' ');
        if (!last.startsWith("2")) {
            throw new IllegalStateException("%s was answered: %s".formatted(to, output));
        }
        return Double.parseDouble(last.substring(space + 1));
    }
}
