package io.gantry.bootstrapper;

import picocli.CommandLine.Command;

/** {@code gantry} itself: does nothing without a verb. */
@Command(
        name = "gantry",
        description = "Turns a zip into a running service on your own machines.",
        synopsisSubcommandLabel = "VERB",
        footer = {
            "%nBegin with:",
            "  gantry demo                                  see it work, on this machine",
            "  gantry dev                                   keep it running, in another terminal",
            "  gantry deploy DIR --app NAME --wait          deploy your own",
            "%nExit codes: gantry help exit-codes"
        })
final class Root {}
