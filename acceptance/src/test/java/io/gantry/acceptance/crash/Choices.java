package io.gantry.acceptance.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * What is done, and what is done to whom, by chance: the same seed makes the same choices in the same order. Apps and disturbances
 * have a sequence each, so that none depends on how long another takes.
 */
final class Choices {
    private static final int LONGEST_PAUSE_MILLIS = 4_000;
    private static final int MOST_INSTANCES = 3;

    private final RandomGenerator chance;

    private Choices(long seed) {
        this.chance = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    static Choices ofApp(long seed, int app) {
        return new Choices(seed * 1_000 + app + 1);
    }

    static Choices ofDisturbances(long seed) {
        return new Choices(seed * 1_000);
    }

    /** What an app's developer does next. */
    sealed interface Act {
        /** @param directly whether the bundle goes straight to the storage */
        record Deploy(int version, boolean directly) implements Act {}

        record Stop() implements Act {}

        record Scale(int instances) implements Act {}

        record Run() implements Act {}

        record Plan() implements Act {}
    }

    /** @param runs whether the app runs, so that it can be stopped and scaled */
    Act act(boolean runs) {
        int kind = chance.nextInt(10);
        int number = chance.nextInt(1, MOST_INSTANCES + 1);
        boolean directly = chance.nextBoolean();
        return switch (kind) {
            case 0, 1, 2 -> new Act.Deploy(number, directly);
            case 3, 4 -> runs ? new Act.Stop() : new Act.Run();
            case 5, 6, 7 -> runs ? new Act.Scale(number) : new Act.Run();
            case 8 -> new Act.Run();
            default -> new Act.Plan();
        };
    }

    /** What happens to one of the platform's parts. */
    record Disturbance(Kind kind, String part, long lastsMillis, long pauseMillis) {
        enum Kind {
            KILL,
            FREEZE,
            PAUSE
        }
    }

    /**
     * @param processes whom it may happen to
     * @param backing what may stand still for a while
     */
    Disturbance disturbance(List<String> processes, List<String> backing) {
        int kind = chance.nextInt(10);
        List<String> parts = new ArrayList<>(kind < 9 ? processes : backing);
        String part = parts.get(chance.nextInt(parts.size()));
        long lasts = chance.nextLong(500, LONGEST_PAUSE_MILLIS);
        long pause = chance.nextLong(500, LONGEST_PAUSE_MILLIS);
        return new Disturbance(
                kind < 7 ? Disturbance.Kind.KILL : kind < 9 ? Disturbance.Kind.FREEZE : Disturbance.Kind.PAUSE,
                part,
                lasts,
                pause);
    }
}
