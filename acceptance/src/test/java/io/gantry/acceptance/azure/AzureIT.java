package io.gantry.acceptance.azure;

import static io.gantry.acceptance.driver.CommandLine.KILLED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.acceptance.driver.AzureFleet;
import io.gantry.acceptance.driver.Bundle;
import io.gantry.acceptance.driver.CommandLine.Ran;
import io.gantry.testkit.azure.Asked;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** The example, from nothing to an app that answers, and to nothing again. */
@TestMethodOrder(OrderAnnotation.class)
@Timeout(1500)
class AzureIT {
    private static final System.Logger LOG = System.getLogger(AzureIT.class.getName());
    private static final Path EXAMPLE = Path.of("..", "examples", "fleet-azure.yaml");
    private static final List<String> MACHINES = List.of("vm-1", "vm-2", "vm-3");
    private static final String FIRST = "vm-1";
    private static final int LIFECYCLE_MANAGER = 7070;
    private static final int SECOND_MILLIS = 1000;

    private static AzureFleet fleet;
    private static URI hello;

    @BeforeAll
    static void play() throws IOException {
        fleet = new AzureFleet("sky", EXAMPLE);
        List.of("Standard_D2as_v5", "Standard_B2ms", "Standard_D2s_v5")
                .forEach(size -> fleet.azure().subscription().offer(size, "westeurope", List.of("1", "2", "3"), false));
    }

    @AfterAll
    static void stop() throws IOException {
        fleet.close();
    }

    @Test
    @Order(1)
    void killed_at_one_step_after_the_other_the_same_command_goes_on_to_the_end()
            throws IOException, InterruptedException {
        List<Predicate<String>> points = List.of(
                asked("PUT virtualNetworks/gantry-sky-network"),
                asked("PUT virtualMachines/vm-1"),
                said("vm-1 +machine "),
                said("vm-1 +images: what the platform stands on"),
                said("vm-1 +postgres"),
                said("vm-1 +platform's code published"),
                said("vm-1 +lifecycle-manager"),
                asked("PUT virtualMachines/vm-2").or(asked("PUT virtualMachines/vm-3")));
        long began = System.nanoTime();
        for (Predicate<String> point : points) {
            Ran killed = fleet.upKilledWhen(point);
            tell("killed: " + lastLine(killed.err()), began);
            assertThat(killed.exitCode()).as(killed.err()).isEqualTo(KILLED);
        }

        Ran up = fleet.up();
        tell(lastLine(up.err()), began);

        assertThat(up.exitCode()).as(up.err()).isZero();
        assertThat(up.err()).contains("The fleet sky is up");
        assertThat(made("virtualMachines")).containsExactlyInAnyOrderElementsOf(MACHINES);
        assertThat(made("publicIPAddresses")).containsExactly("vm-1-address");
        assertThat(fleet.metadata().identities())
                .as("By whom the lifecycle manager made the others")
                .isNotEmpty()
                .allMatch(identity -> identity.endsWith("/userAssignedIdentities/gantry-sky-platform"));
    }

    private static void tell(String what, long since) {
        LOG.log(
                System.Logger.Level.INFO,
                "%s | %d ms"
                        .formatted(
                                what,
                                Duration.ofNanos(System.nanoTime() - since).toMillis()));
    }

    private static String lastLine(String said) {
        return said.lines().reduce("", (_, next) -> next);
    }

    private static Predicate<String> asked(String what) {
        return _ ->
                fleet.azure().requests().stream().anyMatch(asked -> asked.what().equals(what));
    }

    private static Predicate<String> said(String line) {
        return said -> said.lines().anyMatch(each -> each.strip().matches(line + ".*"));
    }

    private static List<String> made(String kind) {
        return fleet.azure().there().stream()
                .filter(id -> id.contains("/" + kind + "/"))
                .map(id -> id.substring(id.lastIndexOf('/') + 1))
                .toList();
    }

    @Test
    @Order(2)
    void the_same_again_has_nothing_to_do() throws IOException, InterruptedException {
        Ran again = fleet.upAgain();
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err()).contains("Nothing to do");
    }

    @Test
    @Order(3)
    void an_app_is_deployed_through_ssh_alone_and_answers_in_the_network() throws IOException, InterruptedException {
        Ran deployed = fleet.run("deploy", Bundle.example("hello-python").toString(), "--app", "hello", "--wait");

        assertThat(deployed.exitCode()).as(deployed.err()).isZero();
        hello = URI.create(deployed.out().strip());
        assertThat(fleet.machine(FIRST).inside("curl", "-fsS", hello.toString()))
                .contains("Hello from hello");
        assertThat(fleet.run("logs", "hello").exitCode()).isZero();
        assertThat(fleet.run("ps").out()).contains("hello");
        assertThatNothingButSshIsReached(new InetSocketAddress(hello.getHost(), hello.getPort()));
    }

    /** Else it would be no wonder that the command line comes through. */
    private static void assertThatNothingButSshIsReached(InetSocketAddress app) {
        for (InetSocketAddress closed : List.of(
                app, new InetSocketAddress(onMachine(FIRST, "hostname -i").strip(), LIFECYCLE_MANAGER))) {
            assertThatThrownBy(() -> {
                        try (var socket = new Socket()) {
                            socket.connect(closed, SECOND_MILLIS);
                        }
                    })
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    @Order(4)
    void no_secret_is_where_it_does_not_belong() throws IOException {
        Secrets secrets = Secrets.of(fleet);
        assertThatASearchFinds(secrets);
        assertThat(secrets.in(fleet.said())).as("What the command line said").isEmpty();
        for (String machine : MACHINES) {
            assertThat(secrets.in(onMachine(machine, LOGS)))
                    .as("Containers' logs on " + machine)
                    .isEmpty();
            assertThat(secrets.in(onMachine(machine, PROCESSES)))
                    .as("Processes of " + machine)
                    .isEmpty();
            assertThat(secrets.in(onMachine(machine, CONTAINERS)))
                    .as("Descriptions of containers on " + machine)
                    .isEmpty();
        }
        assertThat(secrets.in(onMachine(FIRST, DATABASE))).as("The database").isEmpty();
        assertThat(secrets.in(bodies())).as("What Azure was sent").isEmpty();
    }

    private static final String LOGS = "for each in $(docker ps -aq); do docker logs $each 2>&1; done";
    private static final String PROCESSES = "cat /proc/[0-9]*/cmdline | tr '\\0' ' '";
    private static final String CONTAINERS = "docker ps -aq | xargs -r docker inspect";
    private static final String DATABASE = """
            docker exec gantry-postgres sh -c '
                export PGUSER=$POSTGRES_USER PGPORT=$POSTGRES_PORT PGPASSWORD=$(cat "$POSTGRES_PASSWORD_FILE")
                pg_dump --dbname="$POSTGRES_DB"'
            """;

    /** Where they belong. */
    private static void assertThatASearchFinds(Secrets secrets) {
        String files = onMachine(
                FIRST,
                "for each in settings.properties fleet-secrets.json id_ed25519; do docker cp gantry-lifecycle-manager:/run/gantry/$each - | tar -xO; done");
        assertThat(secrets.in(files))
                .containsExactlyInAnyOrder(
                        "databasePassword", "kafkaPassword", "registryPassword", "storageKey", "fleet's private key");
        assertThat(onMachine(FIRST, LOGS)).contains("lifecycle-manager");
        assertThat(onMachine(FIRST, PROCESSES)).contains("lifecycle-manager");
        assertThat(onMachine(FIRST, DATABASE)).contains("CREATE TABLE lifecycle_manager.");
        assertThat(bodies()).contains("managed-by", "#cloud-config");
    }

    private static String onMachine(String machine, String script) {
        return fleet.machine(machine).inside("sh", "-c", script);
    }

    /** With what was told to be done at the first boot, in clear. */
    private static String bodies() {
        List<String> bodies = new ArrayList<>();
        for (Asked asked : fleet.azure().requests()) {
            bodies.add(asked.path() + asked.query() + asked.body());
            String first = asked.body().at("/properties/osProfile/customData").asString("");
            bodies.add(new String(Base64.getDecoder().decode(first), StandardCharsets.UTF_8));
        }
        return bodies.stream().collect(Collectors.joining("\n"));
    }

    @Test
    @Order(5)
    void down_leaves_nothing() throws IOException, InterruptedException {
        Ran down = fleet.down();
        assertThat(down.exitCode()).as(down.err()).isZero();
        assertThat(fleet.azure().there()).isEmpty();
        assertThat(fleet.leftOnThisComputer()).isEmpty();
        assertThat(fleet.leftInHome()).isEmpty();
    }
}
