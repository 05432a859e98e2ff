package io.gantry.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Where everything listens, on the loopback interface only.
 *
 * @param base what all ports are counted from; the lifecycle manager's
 */
record Ports(int base) {
    static final int USUAL_BASE = 7070;
    private static final int HIGHEST_OFFSET = 362;

    Ports {
        if (base < 1024 || base > 65535 - HIGHEST_OFFSET) {
            throw new CannotStart(
                    "--port-base must be between 1024 and %d, not %d".formatted(65535 - HIGHEST_OFFSET, base));
        }
    }

    int lifecycleManager() {
        return base;
    }

    int scheduler() {
        return base + 1;
    }

    int deployer() {
        return base + 2;
    }

    int loadBalancer() {
        return base + 3;
    }

    int nodeManager() {
        return base + 4;
    }

    int monitoring() {
        return base + 5;
    }

    int registry() {
        return base + 10;
    }

    int azurite() {
        return base + 11;
    }

    int kafka() {
        return base + 22;
    }

    int kafkaController() {
        return base + 23;
    }

    int postgres() {
        return base + HIGHEST_OFFSET;
    }

    /** @param who what is about to listen there, in the user's words */
    static void requireFree(int port, String who) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException taken) {
            throw new CannotStart(
                    "Port %d is in use by another program, and %s needs it. Stop that program, or move all ports: --port-base %d"
                            .formatted(port, who, port < 17_000 ? USUAL_BASE + 10_000 : USUAL_BASE + 20_000),
                    taken);
        }
    }
}
