package io.gantry.registry;

import com.github.dockerjava.api.model.AuthConfig;

/**
 * Something that is asked of a container registry, by an engine or directly.
 *
 * @param <T> the answer, also where it is a refusal
 * @param <X> what is thrown where there is none
 */
@FunctionalInterface
public interface RegistryCall<T, X extends Exception> {
    T with(AuthConfig login) throws X;
}
