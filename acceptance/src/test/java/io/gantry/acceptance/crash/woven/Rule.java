package io.gantry.acceptance.crash.woven;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A rule of the product that can be broken while its processes run: it is for as long as a file of its name is in {@code broken}. */
public enum Rule {
    /** A message that is in the inbox is passed over. */
    INBOX,

    /** Kafka is told of a message after the commit. */
    COMMIT_FIRST {
        @Override
        void violate(@Nullable Object invocation) throws ReflectiveOperationException {
            Object consumer = Arrays.stream(Subject.argumentsOf(Objects.requireNonNull(invocation)))
                    .filter(Rule::isConsumer)
                    .findFirst()
                    .orElseThrow();
            Subject.called(consumer.getClass().getMethod("commitSync"), consumer);
        }
    },

    /** A container's name is the same at every try, so that its engine refuses a second one. */
    ONE_NAME {
        /** What an earlier try has made has another name than this one will give. */
        @Override
        void violate(@Nullable Object plan) throws ReflectiveOperationException, IOException, InterruptedException {
            Method instance = Objects.requireNonNull(plan).getClass().getDeclaredMethod("instance");
            String name = String.valueOf(Subject.called(instance, plan));
            new ProcessBuilder("docker", "rename", name, name + "-" + System.nanoTime())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    },

    /** Who holds the lease no more writes nothing more. */
    FENCING;

    public static final String FOLDER = "broken";

    boolean isBroken(Path failpoints) {
        return Files.exists(failpoints.resolve(FOLDER).resolve(name()));
    }

    /** Whoever keeps the rule is about to begin. Nothing is to be done where it is enough that he does not. */
    void violate(@Nullable Object argument) throws Exception {
        // What keeps it is left out.
    }

    private static boolean isConsumer(@Nullable Object argument) {
        return argument != null
                && Arrays.stream(argument.getClass().getMethods())
                        .anyMatch(method -> method.getName().equals("commitSync"));
    }
}
