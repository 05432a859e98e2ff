package io.gantry.acceptance.crash;

import io.gantry.acceptance.driver.Bundle;
import io.gantry.acceptance.driver.Engine;
import io.gantry.contract.manifest.Memory;

/** An app that is built in a second, and of which many have room on one machine. */
final class Hello {
    static final Bundle WORLD = Bundle.ofExample("hello-python")
            .replacing(
                    "config.json",
                    "\"port\": 8000,",
                    "\"port\": 8000, \"resources\": {\"cpus\": 0.15, \"memory\": \"64Mi\"},");

    private Hello() {}

    /** One that no other like it has room beside. An engine that is busy may take long to say what it has. */
    static Bundle large() {
        Memory memory = Persistent.ask("The engine's memory", Engine.HERE::moreThanHalfOfItsMemory);
        return WORLD.replacing("config.json", "\"64Mi\"", "\"%s\"".formatted(memory));
    }

    /** The same in other words. */
    static Bundle version(int number) {
        return WORLD.replacing("app.py", "Hello from", "Hello, the %dth, from".formatted(number));
    }
}
