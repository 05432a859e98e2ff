package io.gantry.standalone;

import java.nio.file.Path;

/** Runs a database until it is killed, or its parent is gone. */
final class DatabaseChild {
    private DatabaseChild() {}

    public static void main(String[] arguments) throws Exception {
        try (var _ =
                EmbeddedDatabase.start(Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]))) {
            System.out.println("up");
            System.in.transferTo(System.err);
        }
    }
}
