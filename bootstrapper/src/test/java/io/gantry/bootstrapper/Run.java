package io.gantry.bootstrapper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.bootstrapper.platform.Addresses;
import io.gantry.bootstrapper.session.Contexts;
import io.gantry.bootstrapper.session.Session;
import io.gantry.bootstrapper.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** One run of the command line, as the process would do it, and what it left. */
record Run(int exitCode, String out, String err) {
    static final Contexts NO_CONTEXTS = new Contexts(Path.of("target", "nobodys-config"));
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    static Run gantry(Addresses addresses, String... args) {
        return with(InstantSource.fixed(NOW), addresses, Terminal::unattended, args);
    }

    /** Nothing runs on this machine; where else it is, environment and contexts say. */
    static Run elsewhere(Map<String, String> env, Contexts contexts, String... args) {
        return with(InstantSource.fixed(NOW), env, contexts, Addresses.onThisMachine(0), Terminal::unattended, args);
    }

    /** Each look at the clock finds a second gone. */
    static Run whileTimePasses(Addresses addresses, String... args) {
        var looks = new AtomicLong();
        return with(() -> NOW.plusSeconds(looks.getAndIncrement()), addresses, Terminal::unattended, args);
    }

    /** Somebody types {@code answer} when asked. */
    static Run answering(String answer, Addresses addresses, String... args) {
        var in = new ByteArrayInputStream(answer.getBytes(UTF_8));
        return with(InstantSource.fixed(NOW), addresses, (out, err) -> Terminal.attended(in, out, err), args);
    }

    private interface TerminalOf {
        Terminal streams(PrintStream out, PrintStream err);
    }

    private static Run with(InstantSource clock, Addresses addresses, TerminalOf terminal, String... args) {
        return with(clock, Map.of(), NO_CONTEXTS, addresses, terminal, args);
    }

    private static Run with(
            InstantSource clock,
            Map<String, String> env,
            Contexts contexts,
            Addresses addresses,
            TerminalOf terminal,
            String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        Terminal streams = terminal.streams(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
        var session = new Session(streams, clock, env, contexts, _ -> addresses);
        int exitCode = Verbs.of(session).execute(args);
        return new Run(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }
}
