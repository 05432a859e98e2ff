package io.gantry.registry;

import com.github.dockerjava.api.model.AuthConfig;
import java.util.function.Predicate;

/** A login that can't be renewed: what refuses it once refuses it always. */
final class FixedLogin implements RegistryLogin {
    private final AuthConfig login;

    FixedLogin(AuthConfig login) {
        this.login = login;
    }

    @Override
    public <T, X extends Exception> T pushing(RegistryCall<T, X> call, Predicate<? super T> refused) throws X {
        return call.with(login);
    }

    @Override
    public <T, X extends Exception> T pulling(String repository, RegistryCall<T, X> call, Predicate<? super T> refused)
            throws X {
        return call.with(login);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "FixedLogin[user=%s]".formatted(login.getUsername());
    }
}
