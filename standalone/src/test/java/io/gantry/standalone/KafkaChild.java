package io.gantry.standalone;

import java.nio.file.Path;

/** Runs a broker until it is killed, or its parent is gone. */
final class KafkaChild {
    private KafkaChild() {}

    public static void main(String[] arguments) throws Exception {
        try (var _ = EmbeddedKafka.start(
                Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]))) {
            System.out.println("up");
            System.in.transferTo(System.err);
        }
    }
}
