package io.gantry.acceptance.crash;

import java.time.Duration;

/** Does one thing after the other with an app, as chance will have it. */
final class BusyDeveloper {
    private final Developer developer;
    private final Choices choices;
    private boolean runs;

    BusyDeveloper(Developer developer, Choices choices) {
        this.developer = developer;
        this.choices = choices;
    }

    /** @return how many things it did */
    int workUntil(long end) {
        developer.runs(Hello.WORLD);
        runs = true;
        int acts = 1;
        while (System.nanoTime() < end) {
            Choices.Act act = choices.act(runs);
            System.out.printf("chaos: %s %s%n", developer.app().name(), act);
            perform(act);
            acts++;
        }
        return acts;
    }

    private void perform(Choices.Act act) {
        switch (act) {
            case Choices.Act.Deploy(var version, var directly)
            when directly -> developer.runsFromStorage(Hello.version(version));
            case Choices.Act.Deploy(var version, var _) -> developer.runs(Hello.version(version));
            case Choices.Act.Stop() -> developer.stops();
            case Choices.Act.Scale(var instances) -> developer.scales(instances);
            case Choices.Act.Run() -> developer.runsAgain();
            case Choices.Act.Plan() -> developer.plans(Duration.ofSeconds(2));
        }
        runs = !(act instanceof Choices.Act.Stop);
    }
}
