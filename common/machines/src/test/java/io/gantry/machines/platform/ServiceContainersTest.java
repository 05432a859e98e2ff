package io.gantry.machines.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.fleet.Fleet;
import io.gantry.fleet.PlatformService;
import io.gantry.fleet.file.FleetFile;
import io.gantry.remote.HostKey;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceContainersTest {
    private static final String KEY = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final String IMAGE = "10.0.0.1:7080/gantry/platform:" + "a".repeat(64);
    private static final FleetSecrets SECRETS = FleetSecrets.generate(new SecureRandom());

    @TempDir
    Path folder;

    private static Fleet fleet(String more) {
        return FleetFile.parse("fleet.yaml", "name: shop\n" + more);
    }

    private static ServiceContainers containers(Fleet fleet, FleetSecrets secrets) {
        return containers(fleet, secrets, null);
    }

    private static ServiceContainers containers(
            Fleet fleet, FleetSecrets secrets, @Nullable ResourceManagerAddress resourceManager) {
        Map<String, MachineAddress> machines = new HashMap<>();
        Map<String, List<String>> replicas = new HashMap<>();
        for (int number = 1; number <= 3; number++) {
            machines.put(
                    "vm-" + number,
                    new MachineAddress(
                            "10.0.0." + number,
                            URI.create("ssh://gantry@10.0.0.%d:22".formatted(number)),
                            new HostKey("ssh-ed25519", "AAAA" + number)));
        }
        fleet.services().forEach(service -> replicas.put(service.name(), List.of("vm-1")));
        replicas.put("kafka", List.of("vm-2"));
        return new ServiceContainers(
                new FleetLayout(fleet, machines, replicas),
                secrets,
                KEY,
                IMAGE,
                new FirstKey("first", "b".repeat(64)),
                resourceManager);
    }

    private static ServiceContainer of(Fleet fleet, String service, String machine) {
        return containers(fleet, SECRETS).of(fleet.service(service).orElseThrow(), machine);
    }

    private static Properties settingsOf(ServiceContainer container) throws IOException {
        var settings = new Properties();
        settings.load(new StringReader(fileOf(container, "/run/gantry/settings.properties")));
        return settings;
    }

    private static String fileOf(ServiceContainer container, String path) {
        return container.files().stream()
                .filter(file -> file.path().equals(path))
                .map(InjectedFile::content)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void no_secret_is_anywhere_but_in_files() {
        Fleet fleet = fleet("");
        for (PlatformService service : fleet.services()) {
            ServiceContainer container = of(fleet, service.name(), "vm-1");

            assertThat(container.files()).isNotEmpty().allMatch(file -> file.mode() == 0400);
            assertThat(container.toString())
                    .doesNotContain(
                            KEY,
                            SECRETS.databasePassword(),
                            SECRETS.kafkaPassword(),
                            SECRETS.registryPassword(),
                            SECRETS.storageKey());
        }
        assertThat(SECRETS.toString()).isEqualTo("FleetSecrets[...]");
    }

    @Test
    void a_service_is_told_where_its_neighbours_are_and_where_it_listens_itself() throws IOException {
        Properties settings = settingsOf(of(fleet(""), "scheduler", "vm-3"));

        assertThat(settings)
                .containsEntry("server.address", "10.0.0.3")
                .containsEntry("server.port", "7071")
                .containsEntry("spring.datasource.url", "jdbc:postgresql://10.0.0.1:5432/gantry")
                .containsEntry("spring.datasource.password", SECRETS.databasePassword())
                .containsEntry("spring.kafka.bootstrap-servers", "10.0.0.2:9092")
                .containsEntry("gantry.access.required", "true");
        assertThat(settings.getProperty("spring.kafka.properties.sasl.jaas.config"))
                .contains(SECRETS.kafkaPassword());
        assertThat(settings.getProperty("gantry.storage.connection-string")).contains("http://10.0.0.1:7081/gantry");
    }

    @Test
    void a_deployer_builds_on_its_own_machine() throws IOException {
        assertThat(settingsOf(of(fleet(""), "deployer", "vm-2")))
                .containsEntry("gantry.deployer.build.engine", "ssh://gantry@10.0.0.2:22")
                .containsEntry("gantry.deployer.build.engine-host-key", "ssh-ed25519 AAAA2")
                .containsEntry("gantry.deployer.registry.address", "10.0.0.1:7080")
                .containsEntry("gantry.deployer.registry.insecure", "true");
    }

    @Test
    void a_deployer_of_a_fleet_in_azure_signs_in_by_the_platforms_identity() throws IOException {
        Fleet fleet = fleet("""
                provider: azure
                azure: {subscription: 0b1f6471-1bf0-4dda-aec3-cb9272f09590, location: westeurope, sshFrom: [203.0.113.7/32]}
                machines: [{name: vm-1}, {name: vm-2}, {name: vm-3}]
                containerRegistry: {address: shopimages.azurecr.io, signIn: azure}
                blobStorage: {address: 'https://shop.blob.core.windows.net', signIn: azure}
                """);
        String identity =
                "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/gantry-shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/gantry-shop-platform";

        assertThat(settingsOf(of(fleet, "deployer", "vm-2")))
                .containsEntry("gantry.deployer.registry.address", "shopimages.azurecr.io")
                .containsEntry("gantry.deployer.registry.insecure", "false")
                .containsEntry("gantry.deployer.registry.identity", identity)
                .containsEntry("gantry.storage.endpoint", "https://shop.blob.core.windows.net")
                .containsEntry("gantry.storage.identity", identity)
                .doesNotContainKeys(
                        "gantry.deployer.registry.user",
                        "gantry.deployer.registry.password",
                        "gantry.storage.connection-string");
        assertThat(settingsOf(of(fleet(""), "deployer", "vm-2")))
                .doesNotContainKey("gantry.deployer.registry.identity");
    }

    @Test
    void a_deployer_is_told_how_many_images_are_kept() throws IOException {
        assertThat(settingsOf(of(fleet("imagesKept: 3\n"), "deployer", "vm-1")))
                .containsEntry("gantry.deployer.retention.versions", "3");
    }

    @Test
    void every_service_is_told_how_much_history_is_kept() throws IOException {
        assertThat(settingsOf(of(fleet("historyDays: 40\n"), "monitoring", "vm-1")))
                .containsEntry("gantry.history.kept", "40d");
    }

    @Test
    void a_database_over_tls_has_to_prove_who_it_is() throws IOException {
        Fleet fleet = fleet("database: {address: 'postgresql://db:5432/gantry', tls: true}\n");

        assertThat(settingsOf(of(fleet, "scheduler", "vm-1")))
                .containsEntry(
                        "spring.datasource.url",
                        "jdbc:postgresql://db:5432/gantry?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
    }

    @Test
    void a_database_that_lets_in_an_identity_is_told_no_password() throws IOException {
        Fleet fleet = fleet("""
                provider: azure
                azure: {subscription: 0b1f6471-1bf0-4dda-aec3-cb9272f09590, location: westeurope, sshFrom: [203.0.113.7/32]}
                machines: [{name: vm-1}, {name: vm-2}, {name: vm-3}]
                database: {address: 'postgresql://shop.postgres.database.azure.com:5432/gantry', signIn: azure, user: platform}
                """);

        for (String service : List.of("scheduler", "deployer", "load-balancer", "node-manager", "monitoring")) {
            assertThat(settingsOf(of(fleet, service, "vm-1")))
                    .containsEntry("spring.datasource.username", "platform")
                    .containsEntry(
                            "gantry.database.identity",
                            "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/gantry-shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/gantry-shop-platform")
                    .doesNotContainKey("spring.datasource.password");
        }
        assertThat(settingsOf(of(fleet(""), "scheduler", "vm-1"))).doesNotContainKey("gantry.database.identity");
    }

    @Test
    void a_lifecycle_manager_can_start_the_others() throws IOException {
        ServiceContainer container = of(fleet(""), "lifecycle-manager", "vm-1");

        assertThat(FleetSecrets.parse(fileOf(container, "/run/gantry/fleet-secrets.json")))
                .isEqualTo(SECRETS);
        assertThat(fileOf(container, "/run/gantry/id_ed25519")).isEqualTo(KEY);
        assertThat(container.mounts()).containsExactly(new Mount("/run/gantry-provider", "/run/gantry-provider"));
        assertThat(settingsOf(container))
                .containsEntry("lifecycle-manager.platform-image", IMAGE)
                .containsEntry("lifecycle-manager.access.first-key.id", "first");
    }

    @Test
    void a_lifecycle_manager_is_told_of_another_resource_manager_and_nobody_else_is() throws IOException {
        Fleet fleet = fleet("");
        var containers =
                containers(fleet, SECRETS, new ResourceManagerAddress(URI.create("https://here:8443/"), "in PEM"));

        ServiceContainer container =
                containers.of(fleet.service("lifecycle-manager").orElseThrow(), "vm-1");

        assertThat(settingsOf(container))
                .containsEntry("lifecycle-manager.provider.azure-resource-manager", "https://here:8443/")
                .containsEntry("lifecycle-manager.provider.azure-certificates", "/run/gantry/resource-manager.pem");
        assertThat(fileOf(container, "/run/gantry/resource-manager.pem")).isEqualTo("in PEM");
        assertThat(containers.of(fleet.service("scheduler").orElseThrow(), "vm-1"))
                .isEqualTo(of(fleet, "scheduler", "vm-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "with space", " first", "a\\b", "${user.home}", "a#b=c:d!", "pässword"})
    void a_password_arrives_as_it_is(String password) throws IOException {
        Path credential = Files.writeString(folder.resolve("database"), "me:" + password + "\n");
        Fleet fleet =
                fleet("database: {address: 'postgresql://db:5432/gantry', credentialFile: %s}\n".formatted(credential));

        Properties settings = settingsOf(containers(fleet, SECRETS.withElsewhere(fleet))
                .of(fleet.service("monitoring").orElseThrow(), "vm-1"));

        assertThat(settings)
                .containsEntry("spring.datasource.url", "jdbc:postgresql://db:5432/gantry")
                .containsEntry("spring.datasource.username", "me")
                .containsEntry("spring.datasource.password", password.replace("${", "\\${"));
    }

    @Test
    void monitoring_alone_is_told_where_alerts_are_posted() throws IOException {
        Fleet fleet = withAlerts("https://hooks.example.com/T1/B2?key=%41\n");
        ServiceContainers containers = containers(fleet, SECRETS.withElsewhere(fleet));

        assertThat(settingsOf(containers.of(fleet.service("monitoring").orElseThrow(), "vm-1")))
                .containsEntry("monitoring.alerts.webhook", "https://hooks.example.com/T1/B2?key=%41");
        assertThat(settingsOf(containers.of(fleet.service("scheduler").orElseThrow(), "vm-1")))
                .doesNotContainKey("monitoring.alerts.webhook");
    }

    @Test
    void every_service_of_ours_is_told_where_traces_are_sent() {
        Fleet fleet = fleet("tracing: {endpoint: 'http://10.0.0.9:4318/v1/traces', sampled: 0.1}\n");
        ServiceContainers containers = containers(fleet, SECRETS);

        assertThat(List.of("scheduler", "deployer", "lifecycle-manager"))
                .allSatisfy(service -> assertThat(
                                settingsOf(containers.of(fleet.service(service).orElseThrow(), "vm-1")))
                        .containsEntry("gantry.tracing.endpoint", "http://10.0.0.9:4318/v1/traces")
                        .containsEntry("gantry.tracing.sampled", "0.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hooks.example.com/T1", "https://", "ftp://hooks.example.com/", "https://a b", "two\nlines"})
    void where_alerts_are_posted_is_a_web_address(String text) throws IOException {
        Fleet fleet = withAlerts(text);

        assertThatThrownBy(() -> SECRETS.withElsewhere(fleet))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(folder.resolve("alerts").toString())
                .hasMessageContaining("web address");
    }

    private Fleet withAlerts(String text) throws IOException {
        return fleet("alerts: {webhookFile: %s}\n".formatted(Files.writeString(folder.resolve("alerts"), text)));
    }

    @Test
    void what_changes_anything_changes_the_digest() {
        Fleet fleet = fleet("");
        FleetSecrets others = FleetSecrets.generate(new SecureRandom());
        ServiceContainer here = of(fleet, "kafka", "vm-1");

        assertThat(of(fleet, "kafka", "vm-1").digest()).isEqualTo(here.digest()).hasSize(64);
        assertThat(Stream.of(
                                of(fleet, "kafka", "vm-2"),
                                of(fleet("services: [{name: kafka, memory: 1Gi}]\n"), "kafka", "vm-1"),
                                containers(fleet, others)
                                        .of(fleet.service("kafka").orElseThrow(), "vm-1"))
                        .map(ServiceContainer::digest))
                .doesNotContain(here.digest())
                .doesNotHaveDuplicates();
    }

    @Test
    void secrets_survive_their_file() {
        Path file = folder.resolve("secrets.json");

        SECRETS.write(file);

        assertThat(FleetSecrets.read(file)).isEqualTo(SECRETS);
        assertThat(file)
                .satisfies(it -> assertThat(Files.getPosixFilePermissions(it)).hasSize(2));
    }
}
