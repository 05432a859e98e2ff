package io.gantry.bootstrapper.platform;

import io.gantry.remote.HostKey;
import io.gantry.remote.SshTarget;
import io.gantry.remote.Tunnel;
import io.gantry.remote.Unreachable;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * A machine through whose SSH server a fleet is reached that lets in nothing else from outside.
 *
 * @param machine {@code ssh://gantry@20.0.113.4:22}
 * @param hostKey as it was pinned
 * @param privateKey file with the fleet's key
 */
public record Gate(URI machine, HostKey hostKey, Path privateKey) {
    /** Through the first that lets us in; none: what is named is reached itself. */
    public static Way way(List<Gate> gates) {
        return gates.isEmpty()
                ? Way.DIRECT
                : new FirstOpen(gates.stream().map(Gate::way).toList());
    }

    /** There is no session with the machine before somebody goes that way. */
    public Way way() {
        return new ThroughTunnel(new Tunnel(target(), privateKey));
    }

    private SshTarget target() {
        return SshTarget.of(machine, hostKey.toString());
    }

    /** A refusal behind the gate would come too late: the port of this computer is open in any case. */
    private record ThroughTunnel(Tunnel tunnel) implements Way {
        @Override
        public URI to(URI address) throws ConnectException {
            try {
                if (!tunnel.opens(address)) {
                    throw new ConnectException("Nobody takes connections at " + address);
                }
                return tunnel.to(address);
            } catch (Unreachable closed) {
                throw UnreachableException.behind(closed);
            }
        }
    }
}
