package io.gantry.bootstrapper.session;

import io.gantry.bootstrapper.platform.Addresses;
import io.gantry.bootstrapper.platform.Gate;
import io.gantry.bootstrapper.platform.Platform;
import io.gantry.contract.fleet.KeyText;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Which platform a run of the command line is about, and the API key for it. */
sealed interface Destination {
    @Nullable
    KeyText key();

    Platform platform(JsonMapper json);

    /** What may help where nobody answers. */
    String whereNobodyAnswers();

    record ThisMachine(Addresses addresses, @Nullable KeyText key) implements Destination {
        @Override
        public Platform platform(JsonMapper json) {
            return Platform.at(addresses, key, json);
        }

        @Override
        public String whereNobodyAnswers() {
            return "Start it on this machine with: gantry dev";
        }
    }

    /**
     * @param servers of its lifecycle managers
     * @param gates none: it is reached at its addresses
     */
    record Fleet(List<URI> servers, @Nullable KeyText key, List<Gate> gates) implements Destination {
        @Override
        public Platform platform(JsonMapper json) {
            return Platform.ofFleet(servers, Gate.way(gates), key, json);
        }

        @Override
        public String whereNobodyAnswers() {
            return "See the machines of a fleet with: gantry status; the fleets you know with: gantry context list";
        }
    }

    static Fleet fleet(Contexts.Context context) {
        return new Fleet(context.servers(), context.key(), context.gates());
    }

    /** What may help where this key is not enough. */
    default String whereNotAuthorised() {
        return key() == null
                ? "Put an API key into GANTRY_TOKEN, or choose a fleet you have one for: gantry context list"
                : "An operator makes another key with: gantry keys create NAME";
    }
}
