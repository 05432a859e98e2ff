package io.gantry.deployer.request;

import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.Release;
import io.gantry.deployer.leg.LegId;
import io.gantry.deployer.leg.Order;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;

/** Opens a request for a command, once a token; what is no request is seen to at once. */
@Component
class Acceptance {
    private final RequestTable requests;
    private final Legs legs;
    private final Discards discards;
    private final Post post;
    private final InstantSource clock;

    Acceptance(RequestTable requests, Legs legs, Discards discards, Post post, InstantSource clock) {
        this.requests = requests;
        this.legs = legs;
        this.discards = discards;
        this.post = post;
        this.clock = clock;
    }

    void accept(DeployerCommand command) {
        switch (command) {
            case DeployerCommand.Build build -> openForReleases(build, Mode.BUILD, build.releases(), build.deadline());
            case DeployerCommand.Run run -> openForReleases(run, Mode.RUN, run.releases(), run.deadline());
            case DeployerCommand.BuildAndRun both ->
                openForReleases(both, Mode.BUILD_AND_RUN, both.releases(), both.deadline());
            case DeployerCommand.Stop stop -> openForServices(stop, Mode.STOP, stop.services(), stop.deadline());
            case DeployerCommand.Restart restart ->
                openForServices(restart, Mode.RESTART, restart.services(), restart.deadline());
            case DeployerCommand.ScaleUp up -> openForServices(up, Mode.SCALE_UP, List.of(up.service()), up.deadline());
            case DeployerCommand.ScaleDown down ->
                openForServices(down, Mode.SCALE_DOWN, List.of(down.service()), down.deadline());
            case DeployerCommand.Revive revive ->
                openForInstance(
                        revive,
                        Order.revive(
                                revive.instance(), revive.fault(), leg(revive, revive.service()), revive.deadline()));
            case DeployerCommand.Move move ->
                openForInstance(move, Order.move(move.instance(), leg(move, move.service()), move.deadline()));
            case DeployerCommand.Cancel cancel -> legs.cancel(cancel.token());
            case DeployerCommand.Discard discard -> discards.begin(discard);
        }
    }

    private void openForReleases(DeployerCommand command, Mode mode, List<Release> releases, Instant deadline) {
        List<Order> orders = releases.stream()
                .map(release -> Order.of(leg(command, release.service()), mode, release, deadline))
                .toList();
        open(command, mode, orders, deadline);
    }

    private void openForServices(DeployerCommand command, Mode mode, List<ServiceName> services, Instant deadline) {
        List<Order> orders = services.stream()
                .map(service -> Order.of(leg(command, service), mode, null, deadline))
                .toList();
        open(command, mode, orders, deadline);
    }

    private void openForInstance(DeployerCommand command, Order order) {
        open(command, order.mode(), List.of(order), order.deadline());
    }

    private void open(DeployerCommand command, Mode mode, List<Order> orders, Instant deadline) {
        Instant now = clock.instant();
        if (requests.insert(command.token(), command.app(), mode, deadline, now)) {
            post.tell(new DeployerEvent.Accepted(command.token(), command.app(), mode, now));
            legs.begin(command.token(), orders);
        }
    }

    private static LegId leg(DeployerCommand command, ServiceName service) {
        return new LegId(command.app(), service, command.token());
    }
}
