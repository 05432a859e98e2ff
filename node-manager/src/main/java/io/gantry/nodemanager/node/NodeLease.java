package io.gantry.nodemanager.node;

import io.gantry.contract.NodeId;
import io.gantry.remote.FedCommand;
import io.gantry.remote.Labels;
import io.gantry.remote.ShellCommand;
import io.gantry.remote.SshSession;
import io.gantry.remote.Unreachable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a machine, beat by beat, that it is looked after. One that is told so no more, and reaches fewer than half of the fleet's
 * machines, is cut off and kills its instances by itself, before they are started elsewhere: {@code node-lease.sh} runs there.
 */
final class NodeLease implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(NodeLease.class);
    private static final String SCRIPT = script();
    private static final Duration ANSWERS_WITHIN = Duration.ofMillis(400);
    private static final int SSH_PORT = 22;
    private static final Pattern IPV6_BRACKETS = Pattern.compile("[\\[\\]]");

    private final NodeId node;
    private final SshSession session;
    private final ShellCommand command;
    private final Supplier<List<NodeSettings>> machines;
    private final WatchSettings settings;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable FedCommand held;

    /**
     * @param socket path of the engine's socket on that machine
     * @param machines all there are at the moment, those that are no nodes as well
     */
    NodeLease(
            NodeId node,
            SshSession session,
            String socket,
            String fleet,
            Supplier<List<NodeSettings>> machines,
            WatchSettings settings) {
        this.node = node;
        this.session = session;
        this.machines = machines;
        this.settings = settings;
        this.command = ShellCommand.of("bash", "-c", SCRIPT, "node-lease")
                .with(seconds(settings.fenceAfter()), seconds(ANSWERS_WITHIN), socket)
                .with(Labels.FLEET + "=" + fleet, Labels.INSTANCE);
    }

    private static String script() {
        try (var file = Objects.requireNonNull(NodeLease.class.getResourceAsStream("/node-lease.sh"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Reading node-lease.sh", unreadable);
        }
    }

    private static String seconds(Duration length) {
        return "%d.%03d".formatted(length.toSeconds(), length.toMillisPart());
    }

    void stop() {
        stopped.countDown();
    }

    @Override
    public void run() {
        try {
            while (!stopped.await(pause().toMillis(), TimeUnit.MILLISECONDS)) {
                beat();
            }
        } catch (InterruptedException _) {
            log.debug("The lease of {} is not kept any more", node);
        } finally {
            letGo();
        }
    }

    /** A machine that is not there is not asked for at every beat. */
    private Duration pause() {
        return held == null ? settings.retryAfter() : settings.pulse();
    }

    private void beat() {
        try {
            if (held == null) {
                held = session.start(command);
            }
            held.feed(others());
        } catch (Unreachable lost) {
            log.debug("The lease of {} is taken again", node, lost);
            letGo();
        }
    }

    private void letGo() {
        if (held != null) {
            held.close();
            held = null;
        }
    }

    private String others() {
        return machines.get().stream()
                .filter(other -> Pulse.isFeltOf(other) && !other.id().equals(node))
                .map(NodeSettings::engine)
                .map(NodeLease::place)
                .collect(Collectors.joining(" "));
    }

    private static String place(URI engine) {
        return IPV6_BRACKETS.matcher(engine.getHost()).replaceAll("") + " "
                + (engine.getPort() < 0 ? SSH_PORT : engine.getPort());
    }
}
