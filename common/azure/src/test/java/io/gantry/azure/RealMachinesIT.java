package io.gantry.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.manifest.Memory;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineShell;
import io.gantry.machines.MachineSize;
import io.gantry.machines.MachineState;
import io.gantry.machines.docker.DockerPreparation;
import io.gantry.machines.docker.PreparationProgress;
import io.gantry.machines.docker.PreparationSettings;
import io.gantry.machines.docker.PreparedEngine;
import io.gantry.machines.docker.StepReport;
import io.gantry.testkit.azure.FakeAzure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What follows provisioning, on real machines: the key that Azure showed is theirs, they are prepared, and apps are kept from their metadata. */
class RealMachinesIT {
    private static final MachineSize SMALL = new MachineSize(1, Memory.mebibytes(1024));
    private static final Duration SOON = Duration.ofMinutes(2);

    private static final PreparationProgress UNSEEN = new PreparationProgress() {
        @Override
        public void waiting(String machine, String why) {}

        @Override
        public void ended(String machine, StepReport step) {}
    };

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void a_machine_of_azures_is_prepared_switched_off_and_on_and_removed(@TempDir Path folder) throws IOException {
        var keys = PlayedAzure.keysIn(folder);
        try (var hosts = new LocalHosts("azure-it", Files.createDirectory(folder.resolve("hosts")), SMALL);
                var played = new PlayedAzure(folder, FakeAzure.start(hosts, 0))) {
            AzureMachines machines = played.machines();
            Machine made = machines.create(PlayedAzure.wanted("vm-1"));
            PreparedEngine engine = new DockerPreparation(
                            PreparationSettings.forRegistry(null), keys, InstantSource.system(), UNSEEN)
                    .prepare(made, machines.privateKey("vm-1"));
            assertThat(engine.version()).isNotBlank();
            guardsItsMetadata(made, keys.privateKey());
            assertThat(machines.stop("vm-1").state()).isEqualTo(MachineState.STOPPED);
            assertThat(machines.start("vm-1").login().hostKey())
                    .isEqualTo(made.login().hostKey());
            machines.deleteAll();
            assertThat(played.azure.there()).isEmpty();
        }
    }

    /** The script that cloud-init lays down there, run twice, as it is at each boot. */
    private static void guardsItsMetadata(Machine machine, Path key) throws IOException {
        try (MachineShell shell = MachineShell.of(machine, key)) {
            String guard = CloudConfig.script("/usr/local/sbin/gantry-metadata-guard");
            shell.act("guard its metadata", SOON, guard);
            shell.act("guard its metadata", SOON, guard);
            String rules =
                    shell.act("list the rules", SOON, "iptables -S DOCKER-USER").out();
            assertThat(rules.lines().filter(rule -> rule.endsWith("-j DROP")))
                    .containsExactlyInAnyOrder(
                            "-A DOCKER-USER -d 169.254.169.254/32 -j DROP",
                            "-A DOCKER-USER -d 168.63.129.16/32 -p tcp -m tcp --dport 80 -j DROP",
                            "-A DOCKER-USER -d 168.63.129.16/32 -p tcp -m tcp --dport 32526 -j DROP");
            assertThat(shell.act("list the rules", SOON, "iptables -S FORWARD").out())
                    .contains("-A FORWARD -j DOCKER-USER");
        }
    }
}
