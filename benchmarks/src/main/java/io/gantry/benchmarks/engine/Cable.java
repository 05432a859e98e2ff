package io.gantry.benchmarks.engine;

import io.gantry.benchmarks.processes.Command;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Two network namespaces and what joins them; gone when it is closed. */
final class Cable implements AutoCloseable {
    static final String FIRST = "gantry-bench-a";
    static final String SECOND = "gantry-bench-b";
    private static final String FIRST_END = "gantrybencha";
    private static final String SECOND_END = "gantrybenchb";

    private Cable() {}

    /** What a run that was killed has left goes first. */
    static Cable plug(String firstAddress, String secondAddress) throws IOException, InterruptedException {
        Cable cable = new Cable();
        cable.close();
        try {
            ip("netns add " + FIRST);
            ip("netns add " + SECOND);
            ip("link add %s netns %s type veth peer name %s netns %s".formatted(FIRST_END, FIRST, SECOND_END, SECOND));
            connect(FIRST, FIRST_END, firstAddress, secondAddress);
            connect(SECOND, SECOND_END, secondAddress, firstAddress);
            return cable;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            cable.close();
            throw failure;
        }
    }

    private static void connect(String namespace, String end, String address, String other)
            throws IOException, InterruptedException {
        ip("-n %s link set lo up".formatted(namespace));
        ip("-n %s addr add %s/24 dev %s".formatted(namespace, address, end));
        ip("-n %s link set %s up".formatted(namespace, end));
        ip("-n %s route add default via %s".formatted(namespace, other));
    }

    void cut() throws IOException, InterruptedException {
        ip("-n %s link set %s down".formatted(SECOND, SECOND_END));
    }

    private static String ip(String words) throws IOException, InterruptedException {
        return Command.run(Map.of(), List.of(("ip " + words).split(" ", -1)));
    }

    @Override
    public void close() throws IOException {
        try {
            List<String> there =
                    ip("netns list").lines().map(line -> line.split(" ", 2)[0]).toList();
            for (String namespace : List.of(FIRST, SECOND)) {
                if (there.contains(namespace)) {
                    ip("netns del " + namespace);
                }
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }
}
