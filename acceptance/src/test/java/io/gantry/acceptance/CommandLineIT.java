package io.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.acceptance.driver.Bundle;
import io.gantry.acceptance.driver.CommandLine;
import io.gantry.acceptance.driver.Engine;
import io.gantry.acceptance.driver.Gantry;
import io.gantry.acceptance.driver.Rest;
import io.gantry.acceptance.driver.WithGantry;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The command line as a shell script sees it: exit codes, data on standard output, progress on standard error. */
@WithGantry
class CommandLineIT {
    private static final String SHOP = Bundle.example("shop").toString();
    private static final int FREE_PORT_BASE = 9;

    @Test
    void a_folder_of_services_becomes_an_address(Gantry gantry) throws IOException, InterruptedException {
        var app = gantry.app("cli");
        var gantryCommand = gantry.commandLine();

        var deployed = gantryCommand.run("deploy", SHOP, "--app", app.name(), "--wait");
        assertThat(deployed.exitCode()).as(deployed.err()).isZero();
        assertThat(Rest.get(URI.create(deployed.out().strip())).body()).contains("<h1>Shop</h1>");

        assertThat(gantryCommand.run("apps").out()).contains(app.name());
        assertThat(gantryCommand.run("ps", app.name()).out()).contains("app-server", "worker-api");
        await().untilAsserted(() ->
                assertThat(gantryCommand.run("logs", app.name()).out()).contains("Listening on port"));
        assertThat(Rest.parsed(gantryCommand.run("apps", "--json").out()).toString())
                .contains(app.name());

        var stopped = gantryCommand.run("stop", app.name(), "--wait");
        assertThat(stopped.exitCode()).as(stopped.err()).isZero();
        assertThat(Engine.HERE.containersOf(app)).isEmpty();
    }

    @Test
    void a_failed_deployment_says_what_to_mend(Gantry gantry) throws IOException, InterruptedException {
        var app = gantry.app("cli-crash");
        var failed = gantry.commandLine()
                .run("deploy", Bundle.example("crash-at-start").toString(), "--app", app.name(), "--wait");
        assertThat(failed.exitCode()).isIn(1, 8);
        assertThat(failed.err()).contains("DATABASE_URL", "3");
    }

    @Test
    void a_service_is_scaled(Gantry gantry) {
        var app = gantry.app("cli-scale");
        app.run(Bundle.ofExample("hello-python"));
        await("The load-balancer knows what runs").untilAsserted(() -> {
            var scaled = gantry.commandLine().run("scale", app.name(), "app-server=2");
            assertThat(scaled.exitCode()).as(scaled.err()).isZero();
        });
        await().until(() -> Engine.HERE.runningContainersOf(app).size() == 2);
    }

    @Test
    void the_platform_tells_how_it_is(Gantry gantry) {
        await("A scheduler that says at once how it is").untilAsserted(() -> {
            var status = gantry.commandLine().run("status");
            assertThat(status.exitCode()).as(status.err()).isZero();
            assertThat(status.out()).as("No table of machines before it").startsWith("SERVICE");
            assertThat(status.out()).containsPattern("scheduler +- +READY");
        });
    }

    @Test
    void no_platform_is_exit_code_69() throws IOException, InterruptedException {
        var nobody = CommandLine.ofPlatformAt(FREE_PORT_BASE).run("apps");
        assertThat(nobody.exitCode()).isEqualTo(69);
        assertThat(nobody.out()).isEmpty();
        assertThat(nobody.err()).isNotBlank();
    }
}
