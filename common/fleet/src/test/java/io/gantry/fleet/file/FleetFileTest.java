package io.gantry.fleet.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.manifest.Memory;
import io.gantry.contract.manifest.TimeSpan;
import io.gantry.fleet.BackingService;
import io.gantry.fleet.Fleet;
import io.gantry.fleet.Machine;
import io.gantry.fleet.MachineRole;
import io.gantry.fleet.MachineSelector;
import io.gantry.fleet.MachineSize;
import io.gantry.fleet.PlatformService;
import io.gantry.fleet.Pool;
import io.gantry.fleet.Provider;
import io.gantry.fleet.Ssh;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class FleetFileTest {
    static final Path EXAMPLES = Path.of("..", "..", "examples");

    @Test
    void without_a_file_there_is_a_local_fleet_of_three_machines() {
        Fleet fleet = FleetFile.standard();
        assertThat(fleet.name()).isEqualTo("gantry");
        assertThat(fleet.provider()).isEqualTo(Provider.LOCAL);
        assertThat(fleet.machines()).extracting(Machine::name).containsExactly("vm-1", "vm-2", "vm-3");
        assertThat(fleet.machines())
                .allSatisfy(machine -> assertThat(machine)
                        .isEqualTo(new Machine(
                                machine.name(),
                                MachineRole.BOTH,
                                new MachineSize(2, Memory.parse("4Gi"), null),
                                Map.of(),
                                null,
                                null)));
        assertThat(List.of(fleet.containerRegistry(), fleet.blobStorage(), fleet.database()))
                .containsOnly(new BackingService.Provided());
    }

    @Test
    void without_a_file_every_service_has_its_place() {
        Fleet fleet = FleetFile.standard();
        assertThat(fleet.services())
                .extracting(PlatformService::name)
                .containsExactlyElementsOf(
                        StandardService.ALL.stream().map(StandardService::name).toList());
        assertThat(fleet.service("postgres").orElseThrow().on()).isEqualTo(new MachineSelector.Named("vm-1"));
        assertThat(fleet.machinesFor(fleet.service("scheduler").orElseThrow())).hasSize(3);
        assertThat(fleet.service("lifecycle-manager").orElseThrow().replicas()).isEqualTo(2);
    }

    @Test
    void services_start_in_the_order_of_their_needs_with_monitoring_last() {
        assertThat(FleetFile.standard().startOrder().waves().stream()
                        .map(wave -> wave.stream().map(PlatformService::name).toList()))
                .containsExactly(
                        List.of("postgres", "blob-storage", "container-registry"),
                        List.of("kafka", "lifecycle-manager"),
                        List.of("scheduler", "deployer", "load-balancer", "node-manager"),
                        List.of("monitoring"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing yet\n", "---\n", "{}", "\uFEFFname: gantry\n", "x-mine: {any: [thing]}"})
    void what_says_nothing_is_the_standard_fleet(String text) {
        assertThat(parsed(text)).isEqualTo(FleetFile.standard());
    }

    @Test
    void one_machine_has_one_lifecycle_manager() {
        Fleet fleet = parsed("machines: [{name: only}]");
        assertThat(fleet.service("lifecycle-manager").orElseThrow().replicas()).isEqualTo(1);
    }

    @Test
    void platform_services_keep_away_from_workers() {
        Fleet fleet = parsed("machines: [{name: apps, role: worker}, {name: platform, role: control}]");
        assertThat(fleet.service("kafka").orElseThrow().on()).isEqualTo(new MachineSelector.Named("platform"));
        assertThat(fleet.machinesFor(fleet.service("scheduler").orElseThrow()))
                .extracting(Machine::name)
                .containsExactly("platform");
    }

    @Test
    void sizes_of_local_machines_have_names() {
        assertThat(parsed("machines: [{name: a, size: large}]")
                        .machines()
                        .getFirst()
                        .size())
                .isEqualTo(new MachineSize(4, Memory.parse("8Gi"), null));
    }

    @Test
    void a_host_that_is_there_has_the_size_it_has() {
        Machine machine = parsed("provider: static\nmachines: [{name: a, address: 10.0.0.1}]")
                .machines()
                .getFirst();
        assertThat(machine.size()).isNull();
        assertThat(machine.ssh()).isEqualTo(new Ssh("root", 22, "~/.ssh/id_ed25519", null));
    }

    @Test
    void what_is_elsewhere_is_not_run_and_not_needed() {
        Fleet fleet = parsed("database: {address: 'postgresql://10.0.0.6:5432/gantry', credentialFile: pg}");
        assertThat(fleet.database())
                .isEqualTo(new BackingService.Elsewhere("postgresql://10.0.0.6:5432/gantry", "pg", false, false, null));
        assertThat(fleet.service("postgres")).isEmpty();
        assertThat(fleet.services())
                .allSatisfy(service -> assertThat(service.needs()).doesNotContain("postgres"));
    }

    @Test
    void needs_are_added_to_those_that_a_service_has_anyway() {
        assertThat(parsed("services: [{name: load-balancer, needs: [node-manager, kafka]}]")
                        .service("load-balancer")
                        .orElseThrow()
                        .needs())
                .containsExactly("postgres", "container-registry", "kafka", "node-manager");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fleet-local.yaml", "fleet-static.yaml"})
    void the_examples_are_good_files_and_survive_json_and_yaml(String example) throws IOException {
        Fleet fleet = FleetFile.read(EXAMPLES.resolve(example));
        survives(fleet);
    }

    @Test
    void the_standard_fleet_survives_json_and_yaml() {
        survives(FleetFile.standard());
    }

    private static void survives(Fleet fleet) {
        assertThat(parsed(FleetFile.show(fleet))).isEqualTo(fleet);
        JsonMapper json = JsonMapper.shared();
        assertThat(json.readValue(json.writeValueAsString(fleet), Fleet.class)).isEqualTo(fleet);
    }

    @Test
    void the_example_of_hosts_is_what_it_says() throws IOException {
        Fleet fleet = FleetFile.read(EXAMPLES.resolve("fleet-static.yaml"));
        assertThat(fleet.machine("rack-3").orElseThrow().ssh())
                .isEqualTo(new Ssh("admin", 2222, "~/.ssh/id_ed25519", null));
        assertThat(fleet.machinesFor(fleet.service("scheduler").orElseThrow()))
                .extracting(Machine::name)
                .containsExactly("rack-1");
        assertThat(fleet.service("container-registry")).isEmpty();
        assertThat(FleetFile.show(fleet))
                .contains("hostKey: "
                        + fleet.machine("rack-2").orElseThrow().ssh().hostKey() + "\n");
    }

    @Test
    void what_was_left_out_can_be_shown() {
        assertThat(FleetFile.show(parsed("machines: [{name: a, labels: {zone: '1'}}]")))
                .startsWith("""
                        name: gantry
                        provider: local
                        machines:
                          - name: a
                            role: both
                            size:
                              cpus: 2.0
                              memory: 4Gi
                            labels:
                              zone: '1'
                        pools: []
                        services:
                          - name: postgres
                            on: a
                            replicas: 1
                            needs: []
                            memory: 256Mi
                            port: 5432
                        """)
                .endsWith("""
                        containerRegistry: provided
                        blobStorage: provided
                        database: provided
                        imagesKept: 10
                        historyDays: 90
                        """);
    }

    @Test
    void a_pool_has_a_size_and_its_patience_and_its_machines_are_workers_named_after_it() {
        Pool pool = parsed("pools: [{name: burst, max: 3, labels: {disk: ssd}}]")
                .pool("burst")
                .orElseThrow();
        assertThat(pool.min()).isZero();
        assertThat(pool.scaleUpAfter()).isEqualTo(TimeSpan.parse("1m"));
        assertThat(pool.coolDown()).isEqualTo(TimeSpan.parse("1m"));
        assertThat(pool.idleFor()).isEqualTo(TimeSpan.parse("10m"));
        MachineSize medium = new MachineSize(2, Memory.parse("4Gi"), null);
        assertThat(pool.machine(2))
                .isEqualTo(new Machine(
                        "burst-2",
                        MachineRole.WORKER,
                        medium,
                        Map.of("disk", "ssd", "gantry/pool", "burst"),
                        null,
                        null));
        assertThat(pool.owns("burst-12")).isTrue();
        assertThat(pool.owns("burst-0")).isFalse();
        assertThat(pool.owns("burst-a")).isFalse();
        assertThat(pool.owns("burst")).isFalse();
    }

    private static Fleet parsed(String text) {
        return FleetFile.parse("fleet.yaml", text);
    }
}
