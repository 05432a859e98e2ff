package io.gantry.registry;

import com.github.dockerjava.api.model.AuthConfig;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who we are to a container registry; for many callers at once. A call is made with a login, and where the registry refuses one that
 * can be renewed, once more with a new one. Where there is no login to be had, calls throw {@link NoRegistryLogin}.
 */
public sealed interface RegistryLogin permits FixedLogin, AcrLogin {
    /**
     * A call that may change what the registry holds.
     *
     * @param refused whether an answer says that the registry does not know who asks
     * @return the last answer
     */
    <T, X extends Exception> T pushing(RegistryCall<T, X> call, Predicate<? super T> refused) throws X;

    /**
     * A call that only pulls, by a machine that need not be able to do more.
     *
     * @param repository as the registry itself calls it: {@code shop/app-server}
     * @param refused whether an answer says that the registry does not know who asks
     * @return the last answer
     */
    <T, X extends Exception> T pulling(String repository, RegistryCall<T, X> call, Predicate<? super T> refused)
            throws X;

    /** For a registry that asks for none. */
    static RegistryLogin none() {
        return new FixedLogin(new AuthConfig());
    }

    /**
     * @param address of the registry, host and port
     * @param user none: it asks for no login
     * @param password a secret
     */
    static RegistryLogin of(String address, @Nullable String user, @Nullable String password) {
        return user == null
                ? none()
                : new FixedLogin(new AuthConfig()
                        .withRegistryAddress(address)
                        .withUsername(user)
                        .withPassword(password));
    }
}
