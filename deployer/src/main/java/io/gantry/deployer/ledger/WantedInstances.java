package io.gantry.deployer.ledger;

import static io.gantry.contract.deployer.Mode.BUILD_AND_RUN;
import static io.gantry.contract.deployer.Mode.MOVE;
import static io.gantry.contract.deployer.Mode.RESTART;
import static io.gantry.contract.deployer.Mode.REVIVE;
import static io.gantry.contract.deployer.Mode.RUN;
import static io.gantry.contract.deployer.Mode.SCALE_UP;
import static io.gantry.contract.deployer.Mode.STOP;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.manifest.Manifest;
import io.gantry.contract.placement.PlacementRequest.Companion;
import io.gantry.deployer.leg.LegId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one service that are to run once all that is under way has come to its end.
 *
 * @param asks what is under way, oldest first
 * @param running what was brought up and not retired, oldest first
 */
record WantedInstances(ServiceName service, List<Ask> asks, List<Runs> running) {
    private static final Set<Mode> REPLACING = EnumSet.of(RUN, BUILD_AND_RUN, RESTART);
    private static final Set<Mode> ADDING = EnumSet.of(SCALE_UP, MOVE);

    record Ask(
            LegId leg,
            Mode mode,
            @Nullable Release release,
            @Nullable InstanceId instance) {
        ServiceName service() {
            return leg.service();
        }
    }

    record Runs(InstanceId id, DeploymentToken deployment, ServiceName service, Manifest manifest) {}

    Stream<Companion> all() {
        if (asks.stream().anyMatch(ask -> ask.mode() == STOP)) {
            return Stream.of();
        }
        List<Ask> replacing =
                asks.stream().filter(ask -> REPLACING.contains(ask.mode())).toList();
        return replacing.isEmpty() ? Stream.concat(staying(), coming()) : replacements(replacing.getLast());
    }

    /** As many as run now, but not fewer than the service asks for; of one that restarts, as many as run. */
    private Stream<Companion> replacements(Ask ask) {
        Manifest manifest = ask.release() == null ? newest() : ask.release().manifest();
        if (manifest == null) {
            return Stream.of();
        }
        int former = (int) running.stream()
                .filter(each -> !each.deployment().equals(ask.leg().token()))
                .count();
        int count = manifest.kind() == Kind.JOB ? 1 : Math.max(former, least(ask, manifest));
        return IntStream.range(0, count).mapToObj(ordinal -> companion(ask.leg().instance(ordinal), manifest, true));
    }

    private static int least(Ask ask, Manifest manifest) {
        return ask.mode() == RESTART ? 1 : Math.max(1, manifest.scale().min());
    }

    private Stream<Companion> staying() {
        return running.stream()
                .filter(each -> !isSubjectOf(MOVE, each))
                .map(each -> companion(each.id(), each.manifest(), isSubjectOf(REVIVE, each)));
    }

    private Stream<Companion> coming() {
        Manifest manifest = newest();
        return manifest == null
                ? Stream.of()
                : asks.stream()
                        .filter(ask -> ADDING.contains(ask.mode()))
                        .map(ask -> companion(ask.leg().instance(0), manifest, true));
    }

    private boolean isSubjectOf(Mode mode, Runs instance) {
        return asks.stream().anyMatch(ask -> ask.mode() == mode && instance.id().equals(ask.instance()));
    }

    private @Nullable Manifest newest() {
        return running.isEmpty() ? null : running.getLast().manifest();
    }

    private Companion companion(InstanceId id, Manifest manifest, boolean onItsWay) {
        return new Companion(
                id, service, manifest.resources(), manifest.placement().labels(), onItsWay);
    }
}
