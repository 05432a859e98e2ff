package io.gantry.acceptance.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.acceptance.driver.ConstantRequests;
import io.gantry.acceptance.driver.PlatformReplica;
import io.gantry.acceptance.driver.Rest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** All that the platform knows is lost, on the machine with the data and on the laptop; what was backed up is known again. */
class BackedUp extends FleetPart {
    @TempDir
    static Path folder;

    @Test
    @Order(1)
    void what_was_backed_up_is_known_again_and_apps_notice_nothing() throws IOException, InterruptedException {
        fleet.awaitReady();
        Path backup = folder.resolve("fleet.backup");
        Path passphrase = Files.writeString(folder.resolve("passphrase"), "correct horse battery staple");
        URI hello = fleet.app("hello").address();
        String key = made("keys", "create", "kept");
        String schedule = made("schedule", "add", "hello", "--cron", "0 4 29 2 *");
        Set<String> everything = running();
        JsonNode versions = versionsOfShop();

        var taken = fleet.backUp(backup, passphrase);
        assertThat(taken.exitCode()).as(taken.err()).isZero();
        assertThat(taken.out()).contains("database of ").containsPattern("[1-9][0-9]* bundles");
        assertThat(running()).as("what a backup leaves alone").isEqualTo(everything);

        String later = made("keys", "create", "later");
        Set<String> apps = runningOfApps();
        try (var visitors = ConstantRequests.to(hello)) {
            long began = System.nanoTime();
            fleet.machine(fleet.service("postgres").machine()).removePlatform();
            fleet.forgetOnThisComputer();
            var recovered = fleet.recoverFrom(backup, passphrase);
            assertThat(recovered.exitCode()).as(recovered.err()).isZero();
            fleet.awaitReady();
            tell("data and laptop lost, gantry recover --from to a whole fleet", since(began));
            assertThat(visitors.failures()).isEmpty();
        }

        await("Keys are known again")
                .atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(statusOf(key)).isEqualTo(200));
        assertThat(runningOfApps()).isEqualTo(apps);
        assertThat(versionsOfShop()).isEqualTo(versions);
        assertThat(made("schedule", "list", "hello")).contains(schedule);
        assertThat(statusOf(later)).as("what was made after the backup").isEqualTo(401);
        fleet.app("hello").awaitInstances(1);
        fleet.app("shop").awaitInstances(2);
    }

    @Test
    @Order(2)
    void the_fleet_goes_on_from_there() throws IOException, InterruptedException {
        assertThat(Rest.get(fleet.deploy("site", "afterwards")).status()).isEqualTo(200);
        assertThat(fleet.upAgain().err()).contains("Nothing to do");
    }

    /** What a verb that succeeds says. */
    private String made(String... verb) throws IOException, InterruptedException {
        var ran = fleet.run(verb);
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        return ran.out().strip();
    }

    private JsonNode versionsOfShop() throws IOException, InterruptedException {
        PlatformReplica scheduler = fleet.service("scheduler");
        return Rest.get(scheduler.at("/api/v1/apps/shop/services/app-server/versions"), fleet.key())
                .expect(200)
                .json();
    }

    private int statusOf(String key) throws IOException, InterruptedException {
        return Rest.get(fleet.service("scheduler").at("/api/v1/apps"), "Authorization", "Bearer " + key)
                .status();
    }

    private Set<String> running() throws IOException, InterruptedException {
        return fleet.machines().stream()
                .flatMap(machine -> machine.running().stream())
                .collect(Collectors.toSet());
    }

    private Set<String> runningOfApps() throws IOException, InterruptedException {
        return running().stream()
                .filter(container -> !container.startsWith("gantry-"))
                .collect(Collectors.toSet());
    }
}
