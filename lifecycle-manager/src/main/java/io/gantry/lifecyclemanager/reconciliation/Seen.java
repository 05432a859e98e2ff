package io.gantry.lifecyclemanager.reconciliation;

import io.gantry.lifecyclemanager.replica.Replica;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was found when the fleet was looked at.
 *
 * @param machines by name: all that are to be, and all that are
 */
record Seen(Map<String, SeenMachine> machines) {
    Seen {
        machines = Collections.unmodifiableMap(new TreeMap<>(machines));
    }

    /** What the provider says of a machine. */
    enum Power {
        ABSENT,
        /** It was begun, and not ended. */
        HALF_MADE,
        ON,
        OFF,
        /** The provider can't tell. */
        UNKNOWN
    }

    /**
     * @param prepared its engine was made ready once, for the container registry that there is now
     * @param sight what its engine says
     * @param cordoned nobody took it for one that takes new instances when it was looked at: others had been told, or do not know it
     */
    record SeenMachine(String name, Power power, boolean prepared, Sight sight, Fit fit, boolean cordoned) {
        /** One that is as large as it is to be. */
        SeenMachine(String name, Power power, boolean prepared, Sight sight) {
            this(name, power, prepared, sight, new Fit.Right(), false);
        }
    }

    /** Whether a machine is as large as it is to be. */
    sealed interface Fit {
        record Right() implements Fit {}

        /** It is, and others know it as larger or smaller. */
        record Untold() implements Fit {}

        /** It is to be resized. */
        record Wrong() implements Fit {}

        /** @param why its provider did not resize it; it is not asked for that again until it is told anew */
        record Refused(String why) implements Fit {}
    }

    /** What an engine says. */
    sealed interface Sight {
        /** It was not asked: there is none yet. */
        record NotAsked() implements Sight {}

        /**
         * @param why a sentence
         * @param mended by preparing Docker again: the machine answers, its engine does not
         * @param lives its SSH server, if nobody else there, answers
         */
        record Silent(String why, boolean mended, boolean lives) implements Sight {
            Silent in(boolean life) {
                return new Silent(why, mended, life);
            }
        }

        /** @param instances of apps that run there */
        record Running(Map<String, SeenService> services, int instances) implements Sight {
            public Running {
                services = Collections.unmodifiableMap(new TreeMap<>(services));
            }
        }
    }

    /** @param digest of the description that its container was made from */
    record SeenService(String digest, boolean running, boolean ready, Instant startedAt) {}

    SeenMachine machine(String name) {
        SeenMachine seen = machines.get(name);
        return seen == null ? new SeenMachine(name, Power.ABSENT, false, new Sight.NotAsked()) : seen;
    }

    Optional<SeenService> service(Replica replica) {
        return machine(replica.machine()).sight() instanceof Sight.Running running
                ? Optional.ofNullable(running.services().get(replica.service()))
                : Optional.empty();
    }

    boolean isReady(Replica replica) {
        return service(replica).filter(SeenService::ready).isPresent();
    }

    boolean answers(String machine) {
        return machine(machine).sight() instanceof Sight.Running;
    }
}
