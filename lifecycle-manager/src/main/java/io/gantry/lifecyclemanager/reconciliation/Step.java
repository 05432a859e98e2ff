package io.gantry.lifecyclemanager.reconciliation;

import org.jspecify.annotations.Nullable;

/** One thing to do with one machine. Each may be repeated: it looks first. */
sealed interface Step {
    String machine();

    /** The platform service that it is about, if any. */
    default @Nullable String service() {
        return null;
    }

    /** What is done, for people: {@code create the machine}. */
    String what();

    /** Whether the machine itself is made, switched on or off; whatever else is done there need not go on. */
    default boolean power() {
        return switch (this) {
            case CreateMachine _, StartMachine _, DeleteMachine _, RestartMachine _ -> true;
            case ResizeMachine _, NoteSize _, PrepareDocker _, EnsureService _, RemoveService _, RestartService _ ->
                false;
        };
    }

    record CreateMachine(String machine) implements Step {
        @Override
        public String what() {
            return "create the machine";
        }
    }

    record StartMachine(String machine) implements Step {
        @Override
        public String what() {
            return "start the machine";
        }
    }

    /** Off and on again in between: whatever else is asked of the machine waits until it is over. */
    record ResizeMachine(String machine) implements Step {
        @Override
        public String what() {
            return "resize the machine";
        }
    }

    record NoteSize(String machine) implements Step {
        @Override
        public String what() {
            return "note its size";
        }
    }

    record PrepareDocker(String machine) implements Step {
        @Override
        public String what() {
            return "prepare Docker";
        }
    }

    record EnsureService(String service, String machine) implements Step {
        @Override
        public String what() {
            return "start " + service;
        }
    }

    record RemoveService(String service, String machine) implements Step {
        @Override
        public String what() {
            return "remove " + service;
        }
    }

    record DeleteMachine(String machine) implements Step {
        @Override
        public String what() {
            return "delete the machine";
        }
    }

    record RestartMachine(String machine) implements Step {
        @Override
        public String what() {
            return "restart the machine";
        }
    }

    record RestartService(String service, String machine) implements Step {
        @Override
        public String what() {
            return "restart " + service;
        }
    }
}
