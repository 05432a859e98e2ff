package io.gantry.acceptance.crash;

import java.time.Duration;

/** What a developer does with an app while something is struck, and what came before. */
enum Story {
    FIRST_DEPLOYMENT {
        @Override
        void prepare(Developer developer) {
            developer.uploads(Hello.WORLD);
        }

        @Override
        void tell(Developer developer) {
            developer.runs(Hello.WORLD);
        }
    },
    NEXT_VERSION {
        @Override
        void tell(Developer developer) {
            developer.runs(Hello.version(2));
        }
    },
    RUN_OF_WHAT_WAS_BUILT {
        @Override
        void tell(Developer developer) {
            developer.runsAgain();
        }
    },
    STOP {
        @Override
        void tell(Developer developer) {
            developer.stops();
        }
    },
    SCALE_UP {
        @Override
        void tell(Developer developer) {
            developer.scales(2);
        }
    },
    SCALE_DOWN {
        @Override
        void prepare(Developer developer) {
            developer.runs(Hello.WORLD);
            developer.scales(2);
        }

        @Override
        void tell(Developer developer) {
            developer.scales(1);
        }
    },
    RESTART {
        @Override
        void tell(Developer developer) {
            developer.restarts();
        }
    },
    RESTART_WITHOUT_ROOM {
        @Override
        void prepare(Developer developer) {
            developer.runs(Hello.large());
        }

        @Override
        void tell(Developer developer) {
            developer.restartsInPlace();
        }
    },
    HEALING {
        @Override
        void tell(Developer developer) {
            developer.losesItsContainer();
        }
    },
    PLANNING {
        /** It is to be due when the scheduler is back. */
        @Override
        void tell(Developer developer) {
            developer.plans(Duration.ofSeconds(60));
        }
    },
    SCHEDULED_RUN {
        @Override
        void tell(Developer developer) {
            developer.plans(Duration.ofSeconds(3));
        }
    },
    UPLOAD {
        @Override
        void prepare(Developer developer) {
            // It has nothing yet.
        }

        @Override
        void tell(Developer developer) {
            developer.runs(Hello.WORLD);
        }
    },
    DIRECT_UPLOAD {
        @Override
        void prepare(Developer developer) {
            // It has nothing yet.
        }

        @Override
        void tell(Developer developer) {
            developer.runsFromStorage(Hello.WORLD);
        }
    };

    void prepare(Developer developer) {
        developer.runs(Hello.WORLD);
    }

    abstract void tell(Developer developer);
}
