package io.gantry.machines.docker;

/** Is told how the preparation of a machine goes on, by the thread that prepares it. */
public interface PreparationProgress {
    PreparationProgress NOBODY = new PreparationProgress() {
        @Override
        public void waiting(String machine, String why) {}

        @Override
        public void ended(String machine, StepReport step) {}
    };

    /** @param why a sentence; told once, when the waiting begins */
    void waiting(String machine, String why);

    void ended(String machine, StepReport step);
}
