package io.gantry.scheduler.deployment;

import io.gantry.contract.AppName;
import io.gantry.scheduler.catalog.Apps;
import io.gantry.scheduler.deployment.DeploymentRequest.Choice;
import io.gantry.scheduler.version.Version;
import io.gantry.scheduler.version.Versions;
import io.gantry.web.ProblemException;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Finds what a request names. What is not there is told with its place in the request. */
@Component
public class Choices {
    private final Apps apps;
    private final Versions versions;

    Choices(Apps apps, Versions versions) {
        this.apps = apps;
        this.versions = versions;
    }

    /** @throws ProblemException 404, naming the field */
    public void requireServices(AppName app, List<Choice> choices) {
        IntStream.range(0, choices.size()).forEach(place -> requireService(app, choices.get(place), place));
    }

    /**
     * Of each service the version that is named; where none is, the newest.
     *
     * @throws ProblemException 404, naming the field
     */
    public List<Version> requireVersions(AppName app, List<Choice> choices) {
        requireServices(app, choices);
        return IntStream.range(0, choices.size())
                .mapToObj(place -> version(app, choices.get(place), place))
                .toList();
    }

    private void requireService(AppName app, Choice choice, int place) {
        try {
            apps.requireService(app, choice.name());
        } catch (ProblemException missing) {
            throw missing.at("/services/%d/name".formatted(place));
        }
    }

    private Version version(AppName app, Choice choice, int place) {
        if (choice.version() == null) {
            return versions.newest(app, choice.name());
        }
        try {
            return versions.require(app, choice.name(), choice.version());
        } catch (ProblemException missing) {
            throw missing.at("/services/%d/version".formatted(place));
        }
    }
}
