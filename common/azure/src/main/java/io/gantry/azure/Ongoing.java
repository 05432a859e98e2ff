package io.gantry.azure;

import java.net.URI;
import java.util.Optional;

/**
 * What Azure was asked to do with a machine, and is at: one thing a machine. Written down where it outlives whoever asked, so that
 * whoever comes after asks after it, and people see since when it takes.
 */
public interface Ongoing {
    /** By whoever is gone when what was begun has ended. */
    Ongoing NOT_KEPT = new Ongoing() {
        @Override
        public void begun(String machine, String what, URI address) {}

        @Override
        public Optional<URI> of(String machine) {
            return Optional.empty();
        }

        @Override
        public void ended(String machine) {}
    };

    /**
     * @param what as in "create vm-3"
     * @param address where it is asked after; up to 4 KB
     */
    void begun(String machine, String what, URI address);

    /** Where what is going on with a machine is asked after. */
    Optional<URI> of(String machine);

    void ended(String machine);
}
