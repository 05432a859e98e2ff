package io.gantry.bootstrapper.fleet;

import io.gantry.machines.docker.Outcome;
import io.gantry.machines.docker.PreparationProgress;
import io.gantry.machines.docker.StepReport;

/** The steps of a preparation, those that did something. */
record PreparationLines(StepLines lines) implements PreparationProgress {
    @Override
    public void waiting(String machine, String why) {
        lines.doing(machine, why);
    }

    @Override
    public void ended(String machine, StepReport step) {
        if (step.outcome() == Outcome.DONE) {
            lines.done(machine, step.step(), step.took(), step.detail());
        } else {
            lines.doing(machine, step.step());
        }
    }
}
