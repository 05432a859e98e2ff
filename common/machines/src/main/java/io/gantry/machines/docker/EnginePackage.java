package io.gantry.machines.docker;

import io.gantry.machines.MachineFailure;
import io.gantry.machines.MachineShell;
import io.gantry.machines.Patience;
import io.gantry.remote.Executed;
import java.time.Duration;
import java.util.Optional;

/** The engine's programs and its command line, from the packages of the machine's own system. */
final class EnginePackage {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    /** Whole, from whatever package it is. */
    private static final String INSTALLED = """
            command -v dockerd > /dev/null && command -v docker > /dev/null || exit 1
            case $(dpkg-query -W -f '${db:Status-Status}' docker.io) in half-* | unpacked) exit 1 ;; esac""";

    /**
     * What a machine that died during an installation left half done is completed first. Newer systems have the command line in a package
     * of its own.
     */
    private static final String INSTALL = """
            set -e
            export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l
            get() { apt-get -q -y -o DPkg::Lock::Timeout=120 "$@"; }
            dpkg --configure -a || true
            get update
            get --fix-broken --reinstall install $(dpkg-query -W -f '${db:Status-Eflag} ${Package}\n' | sed -n 's/^reinstreq //p')
            get --no-install-recommends install docker.io iptables $(apt-cache search --names-only '^docker-cli$' | cut -d' ' -f1)""";

    private final Patience otherInstallations;

    /** @param otherInstallations how long those that hold apt's locks are waited for: new machines update themselves */
    EnginePackage(Patience otherInstallations) {
        this.otherInstallations = otherInstallations;
    }

    Outcome ensure(MachineShell shell) {
        if (shell.finds(INSTALLED)) {
            return Outcome.ALREADY_THERE;
        }
        install(shell);
        return Outcome.DONE;
    }

    private void install(MachineShell shell) {
        if (otherInstallations.await(() -> tryOnce(shell)).isEmpty()) {
            throw locked(shell);
        }
    }

    private static Optional<Executed> tryOnce(MachineShell shell) {
        try {
            return Optional.of(shell.act("install Docker", LIMIT, INSTALL));
        } catch (MachineFailure failure) {
            if (String.valueOf(failure.getMessage()).contains("Could not get lock")) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private static MachineFailure locked(MachineShell shell) {
        return new MachineFailure(
                MachineFailure.Reason.COMMAND_FAILED,
                "Another installation on %s does not end: see which program holds apt's lock there."
                        .formatted(shell.machine()));
    }
}
