package io.gantry.bootstrapper.platform;

import java.net.ConnectException;
import java.net.URI;

/** How what a service's address names is reached from here. */
@FunctionalInterface
public interface Way {
    /** At that address. */
    Way DIRECT = address -> address;

    /**
     * Asked anew for each request.
     *
     * @return where to send what is for that address
     * @throws ConnectException if nobody takes connections there
     * @throws UnreachableException if it is not even known, because the way there is closed
     */
    URI to(URI address) throws ConnectException;
}
