package io.gantry.fleet.file;

import io.gantry.contract.manifest.Memory;
import java.util.List;

/**
 * A service that every fleet has, and what holds where its file says nothing.
 *
 * @param replicas or as many as there are machines for it, where that is less
 * @param keepsData in files on its machine: there is one of it, and it stays where it is
 */
record StandardService(String name, int port, int replicas, Memory memory, boolean keepsData, List<String> needs) {
    private static final Memory USUAL = Memory.mebibytes(384);
    private static final List<String> WHAT_SERVICES_STAND_ON = List.of("postgres", "container-registry", "kafka");

    /** In an order in which they can be started. Monitoring needs all others, so that it never sees one that has yet to come. */
    static final List<StandardService> ALL = List.of(
            new StandardService("postgres", 5432, 1, Memory.mebibytes(256), true, List.of()),
            new StandardService("blob-storage", 7081, 1, Memory.mebibytes(256), true, List.of()),
            new StandardService("container-registry", 7080, 1, Memory.mebibytes(128), true, List.of()),
            new StandardService("kafka", 9092, 1, Memory.mebibytes(768), true, List.of("container-registry")),
            new StandardService(
                    "lifecycle-manager",
                    7070,
                    2,
                    USUAL,
                    false,
                    List.of("postgres", "blob-storage", "container-registry")),
            stateless("scheduler", 7071, List.of("postgres", "blob-storage", "container-registry", "kafka")),
            stateless("deployer", 7072, List.of("postgres", "blob-storage", "container-registry", "kafka")),
            stateless("load-balancer", 7073, WHAT_SERVICES_STAND_ON),
            stateless("node-manager", 7074, WHAT_SERVICES_STAND_ON),
            stateless(
                    "monitoring",
                    7075,
                    List.of(
                            "postgres",
                            "container-registry",
                            "kafka",
                            "lifecycle-manager",
                            "scheduler",
                            "deployer",
                            "load-balancer",
                            "node-manager")));

    static boolean keepsData(String service) {
        return ALL.stream()
                .anyMatch(standard -> standard.keepsData() && standard.name().equals(service));
    }

    private static StandardService stateless(String name, int port, List<String> needs) {
        return new StandardService(name, port, 1, USUAL, false, needs);
    }
}
