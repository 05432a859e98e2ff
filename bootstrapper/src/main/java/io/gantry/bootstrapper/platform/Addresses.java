package io.gantry.bootstrapper.platform;

import java.net.URI;
import java.util.EnumMap;
import java.util.Map;

/** Where each service is reached. */
public final class Addresses {
    public static final int DEFAULT_PORT_BASE = 7070;

    private final Map<PlatformService, URI> byService;

    public Addresses(Map<PlatformService, URI> byService) {
        this.byService = new EnumMap<>(byService);
    }

    /** Standalone: every service on this machine, on the ports from {@code portBase} on. */
    public static Addresses onThisMachine(int portBase) {
        return new Addresses(Map.of(
                PlatformService.LIFECYCLE_MANAGER, local(portBase),
                PlatformService.SCHEDULER, local(portBase + 1),
                PlatformService.DEPLOYER, local(portBase + 2),
                PlatformService.LOAD_BALANCER, local(portBase + 3),
                PlatformService.NODE_MANAGER, local(portBase + 4),
                PlatformService.MONITORING, local(portBase + 5)));
    }

    private static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    public URI of(PlatformService service) {
        URI address = byService.get(service);
        if (address == null) {
            throw new IllegalStateException("No address is known of the " + service);
        }
        return address;
    }
}
