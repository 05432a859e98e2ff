package io.gantry.azure;

import com.azure.resourcemanager.compute.fluent.models.RunCommandResultInner;
import com.azure.resourcemanager.compute.models.RunCommandInput;
import io.gantry.azure.Operations.Waits;
import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineFailure.Reason;
import io.gantry.machines.Patience;
import io.gantry.remote.HostKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A machine's host key as Azure reads it there for us: what asks on the machine is Azure's agent, what brings the answer is the
 * resource manager, over TLS. The network between us and the machine is not asked.
 */
final class ShownKey {
    private static final String TYPE = "ssh-ed25519 ";
    private static final String FILE = "/etc/ssh/ssh_host_ed25519_key.pub";

    private final AzureSettings settings;
    private final AzureClients azure;
    private final Operations operations;
    private final Patience boot;

    ShownKey(AzureSettings settings, AzureClients azure, Operations operations, InstantSource clock, Waits waits) {
        this.settings = settings;
        this.azure = azure;
        this.operations = operations;
        this.boot = new Patience(clock, waits.passing(), waits.pause());
    }

    HostKey of(String machine) {
        return boot.await(() -> shown(machine))
                .orElseThrow(() -> new MachineFailure(
                        Reason.NO_ANSWER,
                        "%s has made no host key yet: say it again in a few minutes, or look at its serial console."
                                .formatted(machine)));
    }

    private Optional<HostKey> shown(String machine) {
        var command = new RunCommandInput().withCommandId("RunShellScript").withScript(List.of("cat " + FILE));
        RunCommandResultInner said = operations.make(
                "ask %s for its host key".formatted(machine),
                () -> azure.compute().getVirtualMachines().beginRunCommand(settings.group(), machine, command));
        return lines(said).filter(line -> line.startsWith(TYPE)).findFirst().map(HostKey::parse);
    }

    private static Stream<String> lines(RunCommandResultInner said) {
        return Stream.ofNullable(said)
                .flatMap(result -> Stream.ofNullable(result.value()))
                .flatMap(List::stream)
                .flatMap(status ->
                        Objects.requireNonNullElse(status.message(), "").lines())
                .map(String::strip);
    }
}
