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
            return fleetAt(String.join(",", servers));
        }
        if (context != null) {
            return fleet(contexts.named(context));
        }
        if (portBase != null) {
            return thisMachine(portBase);
        }
        if (said(SERVER).isPresent()) {
            return fleetAt(said(SERVER).get());
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
            return port("--port-base " + typed, typed);
        }
        String said = said(PORT_BASE).orElse(Integer.toString(Addresses.DEFAULT_PORT_BASE));
        try {
            return port("%s=%s".formatted(PORT_BASE, said), Integer.parseInt(said));
        } catch (NumberFormatException noPort) {
            throw noPort("%s=%s".formatted(PORT_BASE, said));
        }
    }

    private static int port(String said, int port) {
        if (port < 1 || port > Addresses.HIGHEST_PORT_BASE) {
            throw noPort(said);
        }
        return port;
    }

    private static GaveUpException noPort(String said) {
        return new GaveUpException(
                ExitCode.USAGE, said + " is no port", "Say one up to " + Addresses.HIGHEST_PORT_BASE);
    }

    /** @param servers commas between */
    private Destination fleetAt(String servers) {
        List<String> each = COMMA.splitAsStream(servers).toList();
        return new Destination.Fleet(Servers.parse(each), token().orElse(null), List.of());
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
