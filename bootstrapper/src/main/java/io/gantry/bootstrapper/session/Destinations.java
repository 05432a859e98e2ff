package io.gantry.bootstrapper.session;

import io.gantry.bootstrapper.platform.Addresses;
import io.gantry.contract.fleet.KeyText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Chooses: an option before the environment before the current context before this machine. A context's key goes to that
 * fleet alone; one from the environment goes wherever the run goes.
 */
record Destinations(Map<String, String> env, Contexts contexts, IntFunction<Addresses> thisMachine) {
    private static final String SERVER = "GANTRY_SERVER";
    private static final String TOKEN = "GANTRY_TOKEN";
    private static final String PORT_BASE = "GANTRY_PORT_BASE";
    private static final Pattern COMMA = Pattern.compile(",");

    Destination choose(List<String> servers, @Nullable String context, @Nullable Integer portBase) {
        if (!servers.isEmpty()) {
            return fleetAt(servers);
        }
        if (context != null) {
            return fleet(contexts.named(context));
        }
        if (portBase != null) {
            return thisMachine(portBase);
        }
        if (said(SERVER).isPresent()) {
            return fleetAt(COMMA.splitAsStream(said(SERVER).get()).toList());
        }
        if (said(PORT_BASE).isPresent()) {
            return thisMachine(null);
        }
        return contexts.current().<Destination>map(this::fleet).orElseGet(() -> thisMachine(null));
    }

    /** Whether options or the environment name an address, whatever contexts there are. */
    boolean isAddressed(List<String> servers, @Nullable String context, @Nullable Integer portBase) {
        boolean byOption = !servers.isEmpty() || (context == null && portBase != null);
        boolean byEnvironment =
                context == null && (said(SERVER).isPresent() || said(PORT_BASE).isPresent());
        return byOption || byEnvironment;
    }

    Destination thisMachine(@Nullable Integer portBase) {
        return new Destination.ThisMachine(thisMachine.apply(portBase(portBase)), token().orElse(null));
    }

    int portBase(@Nullable Integer typed) {
        if (typed != null) {
            return typed;
        }
        String said = said(PORT_BASE).orElse(Integer.toString(Addresses.DEFAULT_PORT_BASE));
        try {
            return Integer.parseInt(said);
        } catch (NumberFormatException noPort) {
            throw new GaveUpException(ExitCode.USAGE, "%s=%s is no port".formatted(PORT_BASE, said), "");
        }
    }

    private Destination fleetAt(List<String> servers) {
        return new Destination.Fleet(Servers.parse(servers), token().orElse(null), List.of());
    }

    private Destination fleet(Contexts.Context context) {
        return new Destination.Fleet(context.servers(), token().orElse(context.key()), context.gates());
    }

    private Optional<KeyText> token() {
        return said(TOKEN)
                .map(token -> KeyText.parse(token)
                        .orElseThrow(() -> new GaveUpException(
                                ExitCode.NOT_AUTHORISED,
                                "What " + TOKEN + " holds is no API key",
                                "A key looks like gantry_k7m2x9qd_..., and is made with: gantry keys create NAME")));
    }

    private Optional<String> said(String name) {
        return Optional.ofNullable(env.get(name)).map(String::strip).filter(said -> !said.isEmpty());
    }
}
