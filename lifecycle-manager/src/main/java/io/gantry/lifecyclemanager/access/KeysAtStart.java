package io.gantry.lifecyclemanager.access;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

@Component
class KeysAtStart implements ApplicationRunner {
    private final Keys keys;

    KeysAtStart(Keys keys) {
        this.keys = keys;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        keys.tellAll();
        keys.enterFirst();
    }
}
