package io.gantry.acceptance.crash;

import io.gantry.acceptance.driver.Rest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What makes the lifecycle managers those of a fleet, of which one acts, though there is none: a key and secrets that let in nowhere.
 * Once it is told, the fleet is one host that does not answer, so that there is always something to be done.
 */
final class Fleet {
    private static final String SECRETS = "fleet-secrets.json";
    private static final String KEY = "id_ed25519";

    /** From the port base; nobody listens there. */
    private static final int UNUSED = 99;

    private Fleet() {}

    static void provide(Path folder) throws IOException {
        Files.writeString(
                folder.resolve(SECRETS),
                Rest.text(Map.of(
                        "databasePassword", "x", "kafkaPassword", "x", "registryPassword", "x", "storageKey", "eA==")));
        Files.writeString(folder.resolve(KEY), "none");
    }

    /** Only the lifecycle manager reads them, but for the key, which is for machines alone. */
    static List<String> options(Path folder) {
        return List.of(
                "--lifecycle-manager.fleet.enabled=true",
                "--lifecycle-manager.secrets=" + folder.resolve(SECRETS),
                "--gantry.ssh-key=" + folder.resolve(KEY));
    }

    static void tell(CrashingPlatform platform) {
        Map<String, Object> told = Map.of("fleet", ofOneHost(platform), "platformImage", "gantry/platform:1");
        Persistent.ask(
                "The telling of a fleet",
                () -> Rest.putJson(platform.at(0, "/api/v1/fleet"), told).expect(200));
    }

    private static Map<String, Object> ofOneHost(CrashingPlatform platform) {
        Map<String, Object> host =
                Map.of("name", "nowhere", "address", "127.0.0.1", "ssh", Map.of("port", platform.portBase() + UNUSED));
        return Map.of("name", platform.name(), "provider", "static", "machines", List.of(host));
    }
}
