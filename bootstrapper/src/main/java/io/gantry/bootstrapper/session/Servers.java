package io.gantry.bootstrapper.session;

import io.gantry.bootstrapper.platform.Addresses;
import java.net.URI;
import java.util.List;

/** Addresses of lifecycle managers, as people type them: {@code 10.0.0.4}, {@code http://10.0.0.4:7070}. */
final class Servers {
    private Servers() {}

    /** @throws GaveUpException if one is no address */
    static List<URI> parse(List<String> typed) {
        return typed.stream().map(Servers::parse).toList();
    }

    private static URI parse(String typed) {
        try {
            URI address = URI.create(typed.contains("://") ? typed.strip() : "http://" + typed.strip());
            String host = address.getHost();
            if (host == null || !List.of("http", "https").contains(address.getScheme())) {
                throw new IllegalArgumentException("no host");
            }
            boolean usual = address.getPort() < 0 && address.getScheme().equals("http");
            return URI.create("%s://%s%s"
                    .formatted(
                            address.getScheme(),
                            usual ? host + ":" + Addresses.DEFAULT_PORT_BASE : address.getAuthority(),
                            "/"));
        } catch (IllegalArgumentException noAddress) {
            throw new GaveUpException(
                    ExitCode.USAGE, "\"%s\" is no address of a server".formatted(typed), "Write http://10.0.0.4:7070");
        }
    }
}
