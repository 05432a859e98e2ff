package io.gantry.machines.platform;

import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.AuthConfig;
import io.gantry.registry.Refusal;
import io.gantry.registry.RegistryLogin;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The fleet's container registry, and who we are there.
 *
 * @param address host and port
 * @param insecure spoken to without TLS
 */
public record RegistryAccess(String address, RegistryLogin login, boolean insecure) {
    /** The platform's images in it: {@code 10.0.0.4:7080/gantry/kafka:1} for {@code gantry/kafka:1}. */
    String reference(String image) {
        return image.startsWith(address + "/") ? image : address + "/" + image;
    }

    /** @param push throws where an engine does not do it */
    void pushing(Consumer<AuthConfig> push) {
        Optional<RuntimeException> failure = login.pushing(known -> tried(push, known), RegistryAccess::isRefusal);
        rethrow(failure);
    }

    /**
     * @param reference of the image
     * @param pull throws where an engine does not do it
     */
    void pulling(String reference, Consumer<AuthConfig> pull) {
        Optional<RuntimeException> failure =
                login.pulling(repositoryOf(reference), known -> tried(pull, known), RegistryAccess::isRefusal);
        rethrow(failure);
    }

    private String repositoryOf(String reference) {
        String image = reference.substring(address.length() + 1);
        return image.substring(0, image.lastIndexOf(':'));
    }

    private static Optional<RuntimeException> tried(Consumer<AuthConfig> call, AuthConfig known) {
        try {
            call.accept(known);
            return Optional.empty();
        } catch (DockerException | DockerClientException failed) {
            return Optional.of(failed);
        }
    }

    private static boolean isRefusal(Optional<RuntimeException> failure) {
        return failure.filter(failed -> Refusal.isWhy(failed.getMessage())).isPresent();
    }

    private static void rethrow(Optional<RuntimeException> failure) {
        failure.ifPresent(failed -> {
            throw failed;
        });
    }
}
