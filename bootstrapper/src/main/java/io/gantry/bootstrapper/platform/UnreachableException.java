package io.gantry.bootstrapper.platform;

import java.net.URI;

/** A service did not answer. */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreachableException(PlatformService service, URI address, Exception cause) {
        super("The " + service + " does not answer at " + address.resolve("/"), cause);
    }
}
