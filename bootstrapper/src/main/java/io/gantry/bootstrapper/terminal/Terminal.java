package io.gantry.bootstrapper.terminal;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;

/**
 * Where the command line speaks. Data goes to one stream, so that it can be piped; progress, hints and errors go to the
 * other. Only a terminal with a person at it gets colour, a line that is rewritten in place, and questions.
 */
public final class Terminal {
    private static final String ERASE_LINE = "\r\033[2K";

    /** A line that wraps could not be taken back. */
    private static final int STATUS_WIDTH = 79;

    private final BufferedReader in;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean attended;
    private final Ansi ansi;
    private boolean statusShown;

    private Terminal(InputStream in, PrintStream out, PrintStream err, boolean attended, Ansi ansi) {
        this.in = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
        this.out = out;
        this.err = err;
        this.attended = attended;
        this.ansi = ansi;
    }

    /** The terminal of this process; plain if it is none, or if {@code NO_COLOR} or {@code TERM=dumb} asks for it. */
    public static Terminal ofProcess(Map<String, String> env) {
        boolean attended = console().isPresent();
        boolean plain = !attended || !env.getOrDefault("NO_COLOR", "").isEmpty() || "dumb".equals(env.get("TERM"));
        return new Terminal(System.in, System.out, System.err, attended, plain ? Ansi.OFF : Ansi.ON);
    }

    private static Optional<Console> console() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal);
    }

    /** Nobody reads along: no colour, no questions. */
    public static Terminal unattended(PrintStream out, PrintStream err) {
        return new Terminal(InputStream.nullInputStream(), out, err, false, Ansi.OFF);
    }

    /** Somebody answers questions from {@code in}, without colour. */
    public static Terminal attended(InputStream in, PrintStream out, PrintStream err) {
        return new Terminal(in, out, err, true, Ansi.OFF);
    }

    public Ansi ansi() {
        return ansi;
    }

    public PrintStream out() {
        return out;
    }

    public PrintStream err() {
        return err;
    }

    /** A line of what was asked for. */
    public synchronized void data(String line) {
        eraseStatus();
        out.println(line);
    }

    /** A line about how it goes. */
    public synchronized void say(String line) {
        eraseStatus();
        err.println(line);
    }

    /** Whether anybody still takes the data: {@code head} leaves when it has seen enough. */
    public boolean isRead() {
        return !out.checkError();
    }

    /** What is going on right now, until the next line; shown only where it can be taken back. */
    public synchronized void status(String line) {
        if (ansi.enabled()) {
            eraseStatus();
            err.print(line.substring(0, Math.min(line.length(), STATUS_WIDTH)));
            err.flush();
            statusShown = !line.isEmpty();
        }
    }

    /** The answer to a question; none where nobody is there to ask. */
    public Optional<String> ask(String question) {
        if (!attended) {
            return Optional.empty();
        }
        err.print(question);
        err.flush();
        try {
            return Optional.ofNullable(in.readLine()).map(String::strip);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading the answer to: " + question, e);
        }
    }

    /** The same, not shown while it is typed. */
    public Optional<String> askSecret(String question) {
        return console().isEmpty() || !attended
                ? ask(question)
                : console().map(console -> console.readPassword("%s", question)).map(String::new);
    }

    private void eraseStatus() {
        if (statusShown) {
            err.print(ERASE_LINE);
            statusShown = false;
        }
    }

    public String bold(String text) {
        return styled("1", text);
    }

    public String faint(String text) {
        return styled("2", text);
    }

    public String good(String text) {
        return styled("32", text);
    }

    public String bad(String text) {
        return styled("31", text);
    }

    private String styled(String code, String text) {
        return ansi.enabled() ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
