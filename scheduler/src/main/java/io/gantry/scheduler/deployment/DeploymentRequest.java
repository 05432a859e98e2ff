package io.gantry.scheduler.deployment;

import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.Mode;
import io.gantry.web.FieldProblem;
import io.gantry.web.ProblemException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an app developer asks for.
 *
 * @param services none: all of the app, the newest version of each
 */
public record DeploymentRequest(Mode mode, List<Choice> services) {
    private static final Set<Mode> FOR_DEVELOPERS = Set.of(Mode.BUILD, Mode.RUN, Mode.BUILD_AND_RUN, Mode.STOP);

    /** @param version none: the newest; without meaning for a stop */
    public record Choice(ServiceName name, @Nullable Integer version) {}

    /** As it arrives: anything may be missing. */
    public record Body(@Nullable Mode mode, @Nullable List<@Nullable Choice> services) {
        /** @throws ProblemException 400, naming the field */
        public DeploymentRequest checked() {
            return DeploymentRequest.checked(mode, services);
        }
    }

    public DeploymentRequest {
        services = List.copyOf(services);
    }

    /** @throws ProblemException 400, naming the field */
    public static DeploymentRequest checked(@Nullable Mode mode, @Nullable List<@Nullable Choice> services) {
        if (mode == null || !FOR_DEVELOPERS.contains(mode)) {
            throw wrong("/mode", "Say the mode: BUILD, RUN, BUILD_AND_RUN or STOP");
        }
        return new DeploymentRequest(mode, services == null ? List.of() : choices(services));
    }

    @SuppressWarnings("NullAway") // each is looked at before it is taken
    private static List<Choice> choices(List<@Nullable Choice> services) {
        Set<ServiceName> names = new HashSet<>();
        for (int i = 0; i < services.size(); i++) {
            Choice choice = services.get(i);
            if (choice == null || choice.name() == null) {
                throw wrong("/services/%d/name".formatted(i), "Say the service's name");
            }
            if (!names.add(choice.name())) {
                throw wrong("/services/%d/name".formatted(i), "\"%s\" is named twice".formatted(choice.name()));
            }
        }
        return List.copyOf(services);
    }

    private static ProblemException wrong(String pointer, String message) {
        return ProblemException.badRequest(
                "INVALID_BODY",
                "The body is not what this request takes: " + message + ".",
                new FieldProblem(pointer, message));
    }
}
