package io.gantry.bootstrapper.platform;

import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where each service is reached. */
public interface Addresses {
    int DEFAULT_PORT_BASE = 7070;

    /** Five more are counted from it. */
    int HIGHEST_PORT_BASE = 65_530;

    /** At least one; where a service has several replicas, they are asked in this order until one answers. */
    List<URI> of(PlatformService service);

    /** Nobody answered: what is remembered may be wrong by now. */
    default void forget() {}

    /** Each service at one address. */
    static Addresses fixed(Map<PlatformService, URI> byService) {
        Map<PlatformService, URI> known = new EnumMap<>(byService);
        return service -> List.of(known.get(service));
    }

    /** Standalone: every service on this machine, on the ports from {@code portBase} on. */
    static Addresses onThisMachine(int portBase) {
        return fixed(Map.of(
                PlatformService.LIFECYCLE_MANAGER, local(portBase),
                PlatformService.SCHEDULER, local(portBase + 1),
                PlatformService.DEPLOYER, local(portBase + 2),
                PlatformService.LOAD_BALANCER, local(portBase + 3),
                PlatformService.NODE_MANAGER, local(portBase + 4),
                PlatformService.MONITORING, local(portBase + 5)));
    }

    private static URI local(int port) {
        return at("127.0.0.1", port);
    }

    /** @param host a name, or an address of IPv4 or IPv6 */
    static URI at(String host, int port) {
        return URI.create("http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port));
    }
}
