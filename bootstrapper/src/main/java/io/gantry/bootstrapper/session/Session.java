package io.gantry.bootstrapper.session;

import io.gantry.bootstrapper.platform.Addresses;
import io.gantry.bootstrapper.platform.Gate;
import io.gantry.bootstrapper.platform.Platform;
import io.gantry.bootstrapper.terminal.Ages;
import io.gantry.bootstrapper.terminal.Printable;
import io.gantry.bootstrapper.terminal.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One run of the command line: the options that every verb takes, and what they come to. */
public final class Session {
    private final Terminal terminal;
    private final InstantSource clock;
    private final Destinations destinations;
    private @Nullable Destination destination;
    private @Nullable Platform platform;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print the answer as JSON, times in RFC 3339.")
    private boolean json;

    @Option(
            names = "--server",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description =
                    "A fleet by its lifecycle managers, commas between (GANTRY_SERVER), the API key in GANTRY_TOKEN.")
    private List<String> servers = List.of();

    @Option(
            names = "--context",
            scope = ScopeType.INHERIT,
            paramLabel = "FLEET",
            description = "A fleet by its name, see gantry context.")
    private @Nullable String context;

    @Option(
            names = "--port-base",
            scope = ScopeType.INHERIT,
            paramLabel = "N",
            description = "The platform on this machine, where its ports begin (GANTRY_PORT_BASE; default: "
                    + Addresses.DEFAULT_PORT_BASE + ").")
    private @Nullable Integer portBase;

    /** @param thisMachine where the services are on this machine, given the port base */
    public Session(
            Terminal terminal,
            InstantSource clock,
            Map<String, String> env,
            Contexts contexts,
            IntFunction<Addresses> thisMachine) {
        this.terminal = terminal;
        this.clock = clock;
        this.destinations = new Destinations(env, contexts, thisMachine);
    }

    public Terminal terminal() {
        return terminal;
    }

    public Instant now() {
        return clock.instant();
    }

    public boolean json() {
        return json;
    }

    /** Of the platform on this machine. */
    public int portBase() {
        return destinations.portBase(portBase);
    }

    public Contexts contexts() {
        return destinations.contexts();
    }

    /** The one that options, environment or the current context name; else the one on this machine. */
    public Platform platform() {
        if (platform == null) {
            platform = destination().platform(Json.MAPPER);
        }
        return platform;
    }

    /** For a verb that is about this machine, whatever the current context is. */
    public void stayOnThisMachine() {
        aim(destinations.thisMachine(portBase));
    }

    /**
     * Keeps a fleet as the current context; this verb goes on with it, too.
     *
     * @param servers of its lifecycle managers, {@code http://10.0.0.4:7070}
     * @param key an API key
     * @param gates through which they are reached; none: they are reached at their addresses
     */
    public void use(String fleet, List<String> servers, String key, List<Gate> gates) {
        Contexts.Context kept = Contexts.Context.of(fleet, servers, key, gates);
        contexts().save(kept);
        contexts().use(fleet);
        aim(Destination.fleet(kept));
    }

    /**
     * This verb is about a fleet, whatever the current context is.
     *
     * @return false if it is not known where it is reached
     */
    public boolean goTo(String fleet) {
        boolean known = contexts().names().contains(fleet);
        if (known) {
            aim(Destination.fleet(contexts().named(fleet)));
        }
        return known;
    }

    /** Whether options or the environment name an address: then no context is meant. */
    public boolean isAddressed() {
        return destinations.isAddressed(servers, context, portBase);
    }

    /** The fleet of {@code --context}, else the current one; none where an address was named. */
    public Optional<String> fleet() {
        if (isAddressed()) {
            return Optional.empty();
        }
        return context == null
                ? contexts().currentName()
                : Optional.of(contexts().named(context).name());
    }

    /** A fleet that is no more. */
    public void forget(String fleet) {
        contexts().remove(fleet);
    }

    Destination destination() {
        if (destination == null) {
            destination = destinations.choose(servers, context, portBase);
        }
        return destination;
    }

    private void aim(Destination chosen) {
        destination = chosen;
        platform = null;
    }

    public <T> T read(JsonNode answer, Class<T> type) {
        return Json.MAPPER.treeToValue(answer, type);
    }

    public <T> T read(String answer, Class<T> type) {
        return Json.MAPPER.readValue(answer, type);
    }

    public JsonNode tree(Object content) {
        return Json.MAPPER.valueToTree(content);
    }

    /** Ends a verb well: the answer as it came where JSON is wanted, else as {@code human} shows it. */
    public <T> int show(JsonNode answer, Class<T> type, Consumer<T> human) {
        if (json) {
            terminal.data(Printable.text(answer.toPrettyString()));
        } else {
            human.accept(read(answer, type));
        }
        return ExitCode.OK.number();
    }

    /** How long ago, roughly. */
    public String age(@Nullable Instant then) {
        return then == null ? "" : Ages.rough(Duration.between(then, now()));
    }

    /** Loaded at the first use only: help and completion are to be quick. */
    private static final class Json {
        static final JsonMapper MAPPER = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
    }
}
