package io.gantry.benchmarks.fleet;

import io.gantry.benchmarks.processes.Asked;
import java.net.URI;
import tools.jackson.databind.JsonNode;

/** A service of the platform on a machine. */
record Replica(String service, String machine, String address, int port) {
    static final int LIFECYCLE_MANAGER_PORT = 7070;
    private static final int LAST_OF_OURS = 7075;

    static Replica of(JsonNode told) {
        return new Replica(
                told.path("name").asString(),
                told.path("machine").asString(),
                told.path("address").asString(),
                told.path("port").asInt());
    }

    static URI uri(String address, int port) {
        return URI.create("http://%s:%d".formatted(address, port));
    }

    URI uri() {
        return uri(address, port);
    }

    /** Ours say so; the others take connections. */
    boolean isReady() {
        boolean ours = port >= LIFECYCLE_MANAGER_PORT && port <= LAST_OF_OURS;
        return ours ? Asked.answers(address, port, "/actuator/health/readiness") : Asked.accepts(address, port);
    }

    String container() {
        return "gantry-" + service;
    }
}
