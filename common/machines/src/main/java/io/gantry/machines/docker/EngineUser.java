package io.gantry.machines.docker;

import io.gantry.machines.MachineShell;
import java.time.Duration;

/** The user that may use the engine, and nothing else: no password, no sudo, the fleet's key alone. */
public final class EngineUser {
    static final String NAME = "gantry";

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String LOOK = """
            id -nG "$1" | tr ' ' '\\n' | grep -qx docker &&
            [ "$(cat "$(getent passwd "$1" | cut -d: -f6)/.ssh/authorized_keys")" = "$2" ]""";
    private static final String ACT = """
            set -e
            getent group docker > /dev/null || groupadd --system docker
            id "$1" > /dev/null 2>&1 || useradd --create-home --shell /bin/sh "$1"
            usermod --append --groups docker "$1"
            folder=$(getent passwd "$1" | cut -d: -f6)/.ssh
            install -d -o "$1" -g "$(id -g "$1")" -m 0700 "$folder"
            printf '%s\\n' "$2" > "$folder/authorized_keys.new"
            chown "$1:" "$folder/authorized_keys.new"
            chmod 0600 "$folder/authorized_keys.new"
            mv "$folder/authorized_keys.new" "$folder/authorized_keys\"""";

    private static final String REMOVE = """
            ! [ "$(cat "$(getent passwd "$1" | cut -d: -f6)/.ssh/authorized_keys" 2> /dev/null)" = "$2" ] ||
            userdel --force --remove "$1\"""";

    private EngineUser() {}

    /** @param publicKey as in an authorized_keys line */
    static Outcome ensure(MachineShell shell, String publicKey) {
        if (shell.finds(LOOK, NAME, publicKey)) {
            return Outcome.ALREADY_THERE;
        }
        shell.act("let the user %s use its Docker Engine".formatted(NAME), SOON, ACT, NAME, publicKey);
        return Outcome.DONE;
    }

    /** Nothing, if it is there for another key. */
    public static void remove(MachineShell shell, String publicKey) {
        if (!shell.user().equals(NAME)) {
            shell.act("remove the user %s".formatted(NAME), SOON, REMOVE, NAME, publicKey);
        }
    }
}
