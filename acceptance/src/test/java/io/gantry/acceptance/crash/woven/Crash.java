package io.gantry.acceptance.crash.woven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    /** System properties: the service that this process runs, the folder of failpoints, and the rule that is taken away. */
    public static final String SERVICE = "crash.service";

    public static final String FOLDER = "crash.folder";
    public static final String BROKEN = "crash.broken";

    /** The rule that a message which is in the inbox is passed over. */
    public static final String INBOX = "inbox";

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
        reached(place, "BEFORE");
    }

    public static void after(String place) {
        reached(place, "AFTER");
    }

    /** The inbox's answer, or the one that it would give if there were none. */
    public static boolean isNew(boolean answer) {
        return answer || INBOX.equals(System.getProperty(BROKEN));
    }

    private static void reached(String place, String moment) {
        String subject = SUBJECT.get();
        if (subject != null && FAILPOINTS != null) {
            orEnd("reaching " + place, () -> {
                strikeIfArmed(Path.of(FAILPOINTS), place, moment, subject + Objects.requireNonNullElse(STEP.get(), ""));
                return true;
            });
        }
    }

    private static void strikeIfArmed(Path folder, String place, String moment, String subject) throws IOException {
        String service = System.getProperty(SERVICE, "");
        try (Stream<Path> armed = Files.list(folder.resolve("armed"))) {
            for (Path file : armed.toList()) {
                Strike strike = Strike.read(file);
                if (strike != null && strike.isAt(service, place, moment, subject) && isTurn(file, strike)) {
                    strike.takenFrom(file, folder.resolve("struck")).ifPresent(Crash::strike);
                }
            }
        }
    }

    private static boolean isTurn(Path file, Strike strike) {
        return REACHED.computeIfAbsent(file, _ -> new AtomicInteger()).incrementAndGet() == strike.nth();
    }

    /** No shutdown hook, no close: to all others it is as if the process had been killed at this line. */
    private static void strike(Strike strike) {
        switch (strike.how()) {
            case KILL -> Runtime.getRuntime().halt(KILLED);
            case FREEZE -> freeze();
        }
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
