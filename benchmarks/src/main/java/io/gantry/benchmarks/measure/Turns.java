package io.gantry.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * Several parties that do the same thing, each in turn: there and back (A B C, C B A, A B C ...), so that a machine that
 * grows slower or quicker meanwhile favours none.
 */
public final class Turns {
    private final List<Party> parties = new ArrayList<>();

    /** One time's work, its result being the sample. */
    @FunctionalInterface
    public interface Measured {
        double measure() throws Exception;
    }

    private record Party(String name, Unit unit, Measured work, List<Double> values) {}

    public Turns with(String name, Unit unit, Measured work) {
        parties.add(new Party(name, unit, work, new ArrayList<>()));
        return this;
    }

    /** Every party that many times, its samples thrown away: caches are filled and code is compiled. */
    public Turns warmUp(int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            for (Party party : parties) {
                party.work().measure();
            }
        }
        return this;
    }

    /** @return the series in the order the parties were named */
    public List<Samples> take(int rounds, Progress progress) throws Exception {
        for (int round = 0; round < rounds; round++) {
            progress.say("round %d of %d".formatted(round + 1, rounds));
            for (Party party : round % 2 == 0 ? parties : parties.reversed()) {
                party.values().add(party.work().measure());
            }
        }
        return parties.stream()
                .map(party -> new Samples(party.name(), party.unit(), party.values()))
                .toList();
    }
}
