package io.gantry.acceptance.crash.woven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Called by the woven methods. A failpoint is a file in the folder {@code armed}; whoever reaches it takes the file away first, so
 * that it strikes once, whichever process of the service gets there, and not again when that one has been restarted.
 */
public final class Crash {
    /** System properties: the service that this process runs, and the folder of failpoints and of broken rules. */
    public static final String SERVICE = "crash.service";

    public static final String FOLDER = "crash.folder";

    private static final int KILLED = 137;
    private static final ThreadLocal<@Nullable String> SUBJECT = new ThreadLocal<>();
    private static final ThreadLocal<@Nullable String> STEP = new ThreadLocal<>();
    private static final Map<Path, AtomicInteger> REACHED = new ConcurrentHashMap<>();

    /** None while the services are rehearsed. */
    private static final @Nullable String FAILPOINTS = System.getProperty(FOLDER);

    private Crash() {}

    /** A thread begins with something; until it begins with something else, all that it does is about that. */
    public static void begins(String place, @Nullable Object subject) {
        SUBJECT.set(place + " " + Subject.text(subject));
        STEP.remove();
        before(place);
    }

    /** It takes another step, until it takes the next one. */
    public static void goesOn(String place, @Nullable Object step) {
        STEP.set(" > " + Subject.text(step));
        before(place);
    }

    public static void before(String place) {
        before(place, null);
    }

    /** @param with what it is done with */
    public static void before(String place, @Nullable Object with) {
        reached(place, "BEFORE", with);
    }

    public static void after(String place) {
        reached(place, "AFTER", null);
    }

    public static boolean isBroken(String rule) {
        return FAILPOINTS != null && Rule.valueOf(rule).isBroken(Path.of(FAILPOINTS));
    }

    /** Who keeps a rule is about to begin. */
    public static void violateIfBroken(String rule, @Nullable Object argument) {
        if (isBroken(rule)) {
            orEnd("breaking " + rule, () -> {
                Rule.valueOf(rule).violate(argument);
                return true;
            });
        }
    }

    private static void reached(String place, String moment, @Nullable Object with) {
        String subject = SUBJECT.get();
        if (subject != null && FAILPOINTS != null) {
            orEnd("reaching " + place, () -> {
                String about = subject + Objects.requireNonNullElse(STEP.get(), "");
                for (Strike strike : taken(Path.of(FAILPOINTS), place, moment, about)) {
                    strike(strike, with);
                }
                return true;
            });
        }
    }

    private static List<Strike> taken(Path folder, String place, String moment, String subject) throws IOException {
        List<Strike> taken = new ArrayList<>();
        String service = System.getProperty(SERVICE, "");
        try (Stream<Path> armed = Files.list(folder.resolve("armed"))) {
            for (Path file : armed.toList()) {
                Strike strike = Strike.read(file);
                if (strike != null && strike.isAt(service, place, moment, subject) && isTurn(file, strike)) {
                    strike.takenFrom(file, folder.resolve("struck")).ifPresent(taken::add);
                }
            }
        }
        return taken;
    }

    private static boolean isTurn(Path file, Strike strike) {
        return REACHED.computeIfAbsent(file, _ -> new AtomicInteger()).incrementAndGet() == strike.nth();
    }

    /** No shutdown hook, no close: to all others it is as if the process had been killed at this line. */
    private static void strike(Strike strike, @Nullable Object with) throws ReflectiveOperationException, SQLException {
        switch (strike.how()) {
            case KILL -> Runtime.getRuntime().halt(KILLED);
            case FREEZE -> freeze();
            case CUT -> cut(Objects.requireNonNull(with));
        }
    }

    /** The database has committed, and its word does not arrive. */
    private static void cut(Object transactionStatus) throws ReflectiveOperationException, SQLException {
        Object transaction = Subject.called("getTransaction", transactionStatus);
        Object holder = Subject.called("getConnectionHolder", Objects.requireNonNull(transaction));
        Connection connection = (Connection) Subject.called("getConnection", Objects.requireNonNull(holder));
        Objects.requireNonNull(connection).commit();
        connection.abort(Runnable::run);
    }

    /** Returns when somebody else lets the process go on. */
    private static void freeze() {
        try {
            new ProcessBuilder(
                            "kill",
                            "-STOP",
                            Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException("Can't freeze", failed);
        }
    }

    /** What goes wrong here must not look like the product's fault, nor be overlooked. */
    static <T> T orEnd(String what, Callable<T> work) {
        try {
            return work.call();
        } catch (Exception | LinkageError failed) {
            System.err.println("What is woven in failed when " + what);
            failed.printStackTrace();
            Runtime.getRuntime().halt(1);
            throw new IllegalStateException(failed);
        }
    }
}
