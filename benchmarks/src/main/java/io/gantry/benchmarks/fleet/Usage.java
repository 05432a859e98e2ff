package io.gantry.benchmarks.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** What a replica of a platform service has taken since it was started. */
record Usage(String service, double cpuSeconds, double mebibytes) {
    private static final double TICKS_A_SECOND = 100;
    private static final double KIB_PER_MIB = 1024;

    static List<Usage> of(Collection<Vm> machines) throws IOException, InterruptedException {
        List<Usage> all = new ArrayList<>();
        for (Vm vm : machines) {
            vm.feed(script(), "sh", "-s").lines().map(Usage::parse).forEach(all::add);
        }
        return all;
    }

    private static Usage parse(String line) {
        String[] words = line.split(" ", -1);
        return new Usage(
                words[0], Double.parseDouble(words[1]) / TICKS_A_SECOND, Double.parseDouble(words[2]) / KIB_PER_MIB);
    }

    private static String script() throws IOException {
        try (InputStream script = Objects.requireNonNull(Usage.class.getResourceAsStream("usage.sh"))) {
            return new String(script.readAllBytes(), UTF_8);
        }
    }
}
