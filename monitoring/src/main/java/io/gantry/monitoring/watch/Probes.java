package io.gantry.monitoring.watch;

import io.gantry.contract.InstanceId;
import io.gantry.contract.fleet.PlatformReplica;
import io.gantry.contract.fleet.PreparedMachine;
import io.gantry.contract.manifest.Health;
import io.gantry.contract.registry.Node;
import io.gantry.remote.HealthProbe;
import java.util.Optional;

/** Questions to what is watched. Each is answered, or found unanswered, in no more than a few times the answer's limit. */
interface Probes {
    /** @return why it does not answer; none: it does */
    Optional<String> ask(PreparedMachine machine) throws InterruptedException;

    /** @return why it does not answer; none: it does */
    Optional<String> ask(PlatformReplica replica) throws InterruptedException;

    /** Asks an instance as its manifest says; that one's timeout is the limit. */
    HealthProbe.Answer ask(String address, int port, Health health) throws InterruptedException;

    /** Asks the machine's engine for the container of that service. */
    ContainerWord container(PreparedMachine machine, String service) throws InterruptedException;

    /** Asks the node's engine for the container of that instance. */
    ContainerWord container(Node node, InstanceId instance) throws InterruptedException;
}
