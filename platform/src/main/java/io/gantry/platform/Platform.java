package io.gantry.platform;

import java.util.Arrays;

/** {@code platform SERVICE [--setting=value...]}, or {@code platform rehearse [--setting=value...]}. */
public final class Platform {
    private static final int WRONG_USE = 2;

    private Platform() {}

    public static void main(String[] args) {
        String first = args.length == 0 ? "" : args[0];
        String[] settings = Arrays.stream(args).skip(1).toArray(String[]::new);
        if (first.equals("rehearse")) {
            Rehearsal.run(settings);
            System.exit(0);
        }
        Services.named(first).ifPresentOrElse(service -> service.run(settings), () -> explain(first));
    }

    private static void explain(String first) {
        System.err.printf("There is no service \"%s\"; there are: %s%n", first, String.join(", ", Services.names()));
        System.exit(WRONG_USE);
    }
}
