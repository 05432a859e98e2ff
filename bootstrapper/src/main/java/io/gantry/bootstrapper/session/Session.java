package io.gantry.bootstrapper.session;

import io.gantry.bootstrapper.platform.Addresses;
import io.gantry.bootstrapper.platform.Platform;
import io.gantry.bootstrapper.terminal.Ages;
import io.gantry.bootstrapper.terminal.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
    private final IntFunction<Addresses> addresses;
    private @Nullable Platform platform;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print the answer as JSON, times in RFC 3339.")
    private boolean json;

    @Option(
            names = "--port-base",
            scope = ScopeType.INHERIT,
            paramLabel = "N",
            defaultValue = "${env:GANTRY_PORT_BASE:-" + Addresses.DEFAULT_PORT_BASE + "}",
            description =
                    "Where the platform's ports begin on this machine (GANTRY_PORT_BASE; default: ${DEFAULT-VALUE}).")
    private int portBase;

    /** @param addresses where the services are, given the port base */
    public Session(Terminal terminal, InstantSource clock, IntFunction<Addresses> addresses) {
        this.terminal = terminal;
        this.clock = clock;
        this.addresses = addresses;
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

    public int portBase() {
        return portBase;
    }

    public Platform platform() {
        if (platform == null) {
            platform = new Platform(addresses.apply(portBase), Json.MAPPER);
        }
        return platform;
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
            terminal.data(answer.toPrettyString());
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
