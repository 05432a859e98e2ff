package io.gantry.bootstrapper.platform;

import io.gantry.remote.Unreachable;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A service did not answer. */
public final class UnreachableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UnreachableException(String message, @Nullable Exception cause) {
        super(message, cause);
    }

    static UnreachableException at(PlatformService service, List<URI> addresses, Exception cause) {
        String tried = addresses.stream()
                .map(address -> address.resolve("/").toString())
                .collect(Collectors.joining(" or "));
        return new UnreachableException("The %s does not answer at %s".formatted(service, tried), cause);
    }

    /** @param gate why there is no getting through it */
    static UnreachableException behind(Unreachable gate) {
        return new UnreachableException(
                "This computer reaches the fleet through one machine's SSH server only: " + gate.getMessage(), gate);
    }

    /** @param gates why there is no getting through any of them */
    static UnreachableException behindAll(List<UnreachableException> gates) {
        if (gates.size() == 1) {
            return gates.getFirst();
        }
        String why = gates.stream()
                .map(gate -> String.valueOf(
                        gate.getCause() == null
                                ? gate.getMessage()
                                : gate.getCause().getMessage()))
                .collect(Collectors.joining("; "));
        return new UnreachableException(
                "This computer reaches the fleet through the SSH servers of %d machines only, and gets through none: %s"
                        .formatted(gates.size(), why),
                gates.getFirst());
    }

    static UnreachableException nowhere(PlatformService service) {
        return new UnreachableException("The fleet has no %s now".formatted(service), null);
    }
}
