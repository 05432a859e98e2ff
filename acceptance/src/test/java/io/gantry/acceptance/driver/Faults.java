package io.gantry.acceptance.driver;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Faults that strike at points of a verb's progress: when it says that a step is done on a machine, each once. */
public final class Faults implements Consumer<String> {
    private final List<Fault> toCome = new CopyOnWriteArrayList<>();

    private record Fault(String machine, String step, Runnable strike) {
        boolean strikesAt(String line) {
            String said = line.strip();
            return said.startsWith(machine + " ")
                    && said.substring(machine.length()).strip().startsWith(step);
        }

        @Override
        public String toString() {
            return "after %s on %s".formatted(step, machine);
        }
    }

    private Faults() {}

    public static Faults none() {
        return new Faults();
    }

    public static Faults when(String machine, String step, Runnable strike) {
        return none().andWhen(machine, step, strike);
    }

    public Faults andWhen(String machine, String step, Runnable strike) {
        toCome.add(new Fault(machine, step, strike));
        return this;
    }

    /** Those whose point was not reached. */
    public List<String> toCome() {
        return toCome.stream().map(Fault::toString).toList();
    }

    /** @param line that the verb has just said */
    @Override
    public void accept(String line) {
        toCome.stream().filter(fault -> fault.strikesAt(line)).toList().forEach(fault -> {
            toCome.remove(fault);
            fault.strike().run();
        });
    }
}
