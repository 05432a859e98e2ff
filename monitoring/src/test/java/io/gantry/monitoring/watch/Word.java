package io.gantry.monitoring.watch;

import java.time.Duration;

/** What engines say, as tables write it. */
final class Word {
    private Word() {}

    static ContainerWord of(String container) {
        return switch (container) {
            case "gone" -> new ContainerWord.Absent();
            case "ended" -> new ContainerWord.Ended("exit code 1");
            case "engine is silent" -> new ContainerWord.NoEngine("no answer");
            case "not known" -> new ContainerWord.NotKnown();
            default -> new ContainerWord.Runs(Duration.ofSeconds(Long.parseLong(container.replace("runs for ", ""))));
        };
    }
}
