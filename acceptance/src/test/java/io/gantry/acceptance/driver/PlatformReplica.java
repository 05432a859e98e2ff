package io.gantry.acceptance.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import tools.jackson.databind.JsonNode;

/**
 * A service of the platform on one machine of a fleet.
 *
 * @param state as the lifecycle manager saw it last
 */
public record PlatformReplica(String service, String machine, String address, int port, String state) {
    private static final int FIRST_OF_OURS = 7070;
    private static final int LAST_OF_OURS = 7075;
    private static final int PATIENCE_MILLIS = 2_000;

    static PlatformReplica of(JsonNode told) {
        return new PlatformReplica(
                told.path("name").asString(),
                told.path("machine").asString(),
                told.path("address").asString(),
                told.path("port").asInt(),
                told.path("state").asString());
    }

    /** One of Gantry's own, not something that it stands on. */
    public boolean isOurs() {
        return port >= FIRST_OF_OURS && port <= LAST_OF_OURS;
    }

    public URI at(String path) {
        return URI.create("http://%s:%d%s".formatted(address, port, path));
    }

    /** By its own word; one that has none is ready when it takes a connection. */
    public boolean isReady() {
        try {
            return isOurs() ? Rest.get(at("/actuator/health/readiness")).status() == 200 : listens();
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    @Override
    public String toString() {
        return service + " on " + machine;
    }

    private boolean listens() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
