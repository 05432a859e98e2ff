package io.gantry.monitoring.watch;

import io.gantry.contract.fleet.PlatformReplica;
import io.gantry.contract.fleet.PreparedMachine;
import java.util.Optional;

/** Questions to what is watched. Each is answered, or found unanswered, in no more than a few times the answer's limit. */
interface Probes {
    /** @return why it does not answer; none: it does */
    Optional<String> ask(PreparedMachine machine) throws InterruptedException;

    /** @return why it does not answer; none: it does */
    Optional<String> ask(PlatformReplica replica) throws InterruptedException;

    /** Asks the machine's engine for the container of that service. */
    ContainerWord container(PreparedMachine machine, String service) throws InterruptedException;
}
