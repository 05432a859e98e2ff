package io.gantry.monitoring.watch;

import java.time.Duration;

/** What the Docker Engine of a machine says of a container there, of a platform service or an instance. */
sealed interface ContainerWord {
    /** @param age since it was last started, by the engine's own clock */
    record Runs(Duration age) implements ContainerWord {}

    /** @param how {@code exit code 137} */
    record Ended(String how) implements ContainerWord {}

    record Absent() implements ContainerWord {}

    /** The engine itself does not answer. */
    record NoEngine(String why) implements ContainerWord {}

    /** Nobody has asked yet, or the answer is still to come. */
    record NotKnown() implements ContainerWord {}
}
