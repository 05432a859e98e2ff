package io.gantry.machines.docker;

import io.gantry.machines.MachineShell;
import java.time.Duration;

/** The engine's daemon, running with the settings that its file says. */
final class EngineProcess {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** A daemon that is older than its settings has not read them: so it is known after a crash in between, too. */
    private static final String RUNS_WITH_ITS_SETTINGS = """
            pid=$(cat /run/docker.pid) && [ "$(cat /proc/$pid/comm)" = dockerd ] && [ -S /run/docker.sock ] &&
            ! [ /etc/docker/daemon.json -nt /run/docker.pid ]""";

    private static final String RESTART_BY_SYSTEMD = "systemctl enable docker && systemctl restart docker";

    /** Where something keeps the daemon running, it is back by itself; where nothing does, it is started here. */
    private static final String RESTART_WITHOUT_INIT = """
            runs() { pid=$(cat /run/docker.pid) && [ "$(cat "/proc/$pid/comm")" = dockerd ]; }
            within() { for _ in $(seq "$1"); do if "$2"; then return; fi; sleep 0.1; done; return 1; }
            ended() { ! [ -e "/proc/$old" ]; }
            listens() { runs && [ -S /run/docker.sock ]; }
            is_older() { [ /etc/docker/daemon.json -nt /run/docker.pid ]; }
            if runs && is_older; then old=$pid; kill "$old"; within 600 ended || exit 1; fi
            if ! within 30 runs; then setsid dockerd > /var/log/dockerd.log 2>&1 < /dev/null & fi
            within 300 listens""";

    private EngineProcess() {}

    static Outcome ensure(MachineShell shell) {
        if (shell.finds(RUNS_WITH_ITS_SETTINGS)) {
            return Outcome.ALREADY_THERE;
        }
        shell.act(
                "start its Docker Engine",
                LIMIT,
                shell.finds("[ -d /run/systemd/system ]") ? RESTART_BY_SYSTEMD : RESTART_WITHOUT_INIT);
        return Outcome.DONE;
    }
}
