package io.gantry.bootstrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gantry.bootstrapper.session.Contexts;
import io.gantry.contract.manifest.Memory;
import io.gantry.machines.FleetKeys;
import io.gantry.machines.KnownHosts;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineShell;
import io.gantry.machines.MachineSize;
import io.gantry.machines.WantedMachine;
import io.gantry.machines.hosts.FleetEntry;
import io.gantry.machines.local.LocalMachines;
import io.gantry.machines.local.LocalSettings;
import io.gantry.remote.Engines;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that its owner gave to a fleet: here a machine that another fleet made. */
class GivenHostIT {
    private static final String FLEET = "given-host-it";
    private static final String OWNER = "given-host-it-owner";

    @TempDir
    Path folder;

    private Engines engines;
    private FleetKeys owners;
    private FleetKeys fleets;
    private LocalMachines hosts;
    private Machine host;

    @BeforeEach
    void somebodyHasAHost() {
        owners = FleetKeys.in(folder.resolve("owner"), OWNER);
        fleets = FleetKeys.in(folder.resolve("fleets").resolve(FLEET), FLEET);
        engines = new Engines(owners.privateKey());
        hosts = new LocalMachines(
                LocalSettings.of(OWNER, LocalSettings.WITH_DOCKER),
                engines.of(URI.create("unix:///var/run/docker.sock"), null),
                owners,
                new KnownHosts(folder.resolve("known_hosts")),
                InstantSource.system());
        host = hosts.create(new WantedMachine("mine", new MachineSize(1, Memory.mebibytes(1024)), Map.of(), true));
    }

    @AfterEach
    void leaveNothing() {
        hosts.deleteAll();
        engines.close();
    }

    /** As {@code up} meets it, which then breaks off. */
    private void meet() {
        new KnownHosts(folder.resolve("fleets").resolve(FLEET).resolve("known_hosts")).pin("mine", host.login());
        await().ignoreExceptionsInstanceOf(MachineFailure.class)
                .until(() -> FleetEntry.ensure(host, owners.privateKey(), fleets) != null);
    }

    private String file() throws IOException {
        String written = """
                name: %s
                provider: static
                machines:
                  - {name: mine, address: %s, ssh: {user: %s, keyFile: %s}}
                """.formatted(FLEET, host.address(), host.login().user(), owners.privateKey());
        return Files.writeString(folder.resolve("fleet.yaml"), written).toString();
    }

    @Test
    void down_leaves_no_way_in_on_one_that_was_met_and_never_prepared() throws IOException {
        meet();
        Path key = Files.copy(fleets.privateKey(), folder.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
        Run down = Run.elsewhere(
                Map.of(),
                new Contexts(folder.resolve("config")),
                "down",
                "-f",
                file(),
                "--fleets-dir",
                folder.resolve("fleets").toString(),
                "--yes");
        assertThat(down.exitCode()).as(down.out() + down.err()).isZero();
        try (MachineShell shell = MachineShell.of(host, key)) {
            assertThatThrownBy(shell::knock)
                    .isInstanceOfSatisfying(
                            MachineFailure.class,
                            failure -> assertThat(failure.reason()).isEqualTo(MachineFailure.Reason.KEY_REFUSED));
        }
        await().ignoreExceptionsInstanceOf(MachineFailure.class).until(this::ownerIsLetIn);
    }

    private boolean ownerIsLetIn() {
        try (MachineShell shell = MachineShell.of(host, owners.privateKey())) {
            shell.knock();
            return true;
        }
    }
}
