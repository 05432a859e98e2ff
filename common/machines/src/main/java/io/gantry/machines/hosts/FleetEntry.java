package io.gantry.machines.hosts;

import io.gantry.machines.FleetKeys;
import io.gantry.machines.Machine;
import io.gantry.machines.MachineShell;
import io.gantry.machines.docker.EngineUser;
import io.gantry.machines.docker.Outcome;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Lets the fleet's key in on a host of somebody, as the user that its owner named: so the fleet goes on without the owner's own
 * key, which stays on the owner's computer.
 */
public final class FleetEntry {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String LOOK = """
            grep -qxF "$2" "$(getent passwd "$1" | cut -d: -f6)/.ssh/authorized_keys\"""";
    private static final String ACT = """
            set -e
            folder=$(getent passwd "$1" | cut -d: -f6)/.ssh
            install -d -o "$1" -g "$(id -g "$1")" -m 0700 "$folder"
            printf '%s\\n' "$2" >> "$folder/authorized_keys"
            chown "$1:" "$folder/authorized_keys"
            chmod 0600 "$folder/authorized_keys\"""";

    private static final String REVOKE = """
            set -e
            keys=$(getent passwd "$1" | cut -d: -f6)/.ssh/authorized_keys
            [ -f "$keys" ] || exit 0
            umask 077
            grep -vxF "$2" "$keys" > "$keys.new" || [ $? = 1 ]
            chown "$1:" "$keys.new"
            mv "$keys.new" "$keys\"""";

    private FleetEntry() {}

    /** @param ownersKey that opens the host to its user */
    public static Outcome ensure(Machine host, Path ownersKey, FleetKeys keys) {
        try (MachineShell shell = MachineShell.of(host, ownersKey)) {
            if (shell.finds(LOOK, shell.user(), keys.publicKey())) {
                return Outcome.ALREADY_THERE;
            }
            shell.act("let the fleet's key in", SOON, ACT, shell.user(), keys.publicKey());
            return Outcome.DONE;
        }
    }

    /** The fleet has no way in any more, neither as its owner's user nor to the engine. */
    static void revoke(MachineShell shell, FleetKeys keys) {
        EngineUser.remove(shell, keys.publicKey());
        shell.act("take the fleet's key out", SOON, REVOKE, shell.user(), keys.publicKey());
    }
}
