package io.gantry.lifecyclemanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.AppName;
import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.IncidentId;
import io.gantry.contract.InstanceId;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.healing.Fault;
import io.gantry.contract.healing.RecoveryEvent;
import io.gantry.contract.healing.RecoveryRequest;
import io.gantry.messaging.Tokens;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What monitoring asks for is asked of the deployer, and answered. */
@LifecycleManagerTest
class RecoveryFlowTest {
    private static final Instant DEADLINE = Instant.parse("2030-01-01T00:00:00Z");

    @Autowired
    Neighbours neighbours;

    @Autowired
    Tokens tokens;

    private RecoveryRequest.ReviveInstance request(String app) {
        return request(app, Fault.DIED);
    }

    private RecoveryRequest.ReviveInstance request(String app, Fault fault) {
        return new RecoveryRequest.ReviveInstance(
                new IncidentId(tokens.next()),
                1,
                new AppName(app),
                Neighbours.SERVICE,
                new InstanceId("%s-web-aaaaaaaaaaaaaaaa-0".formatted(app)),
                fault,
                DEADLINE);
    }

    @Test
    void an_instance_that_died_is_revived_by_the_deployer_and_monitoring_hears_of_it() {
        var request = request("revived");
        neighbours.say(request);
        DeployerCommand command = neighbours.awaitCommand(request.app());
        assertThat(command)
                .isEqualTo(new DeployerCommand.Revive(
                        command.token(), request.app(), request.service(), request.instance(), Fault.DIED, DEADLINE));
        neighbours.answer(command, Outcome.SUCCEEDED, null);
        assertThat(neighbours.awaitEvent(request))
                .isInstanceOfSatisfying(
                        RecoveryEvent.Recovered.class,
                        event -> assertThat(event.attempt()).isEqualTo(1));
    }

    @Test
    void the_deployer_is_told_of_one_that_it_is_hung() {
        var request = request("hung", Fault.HUNG);
        neighbours.say(request);
        assertThat(neighbours.awaitCommand(request.app()))
                .isInstanceOfSatisfying(
                        DeployerCommand.Revive.class,
                        revive -> assertThat(revive.fault()).isEqualTo(Fault.HUNG));
    }

    @Test
    void the_same_try_asked_for_twice_is_done_once() {
        var request = request("twice");
        var after = request("after-twice");
        neighbours.say(request);
        neighbours.awaitCommand(request.app());
        neighbours.say(request);
        neighbours.say(after);
        neighbours.awaitCommand(after.app());
        assertThat(neighbours.commandsFor(request.app())).hasSize(1);
    }

    @Test
    void a_failure_is_told_with_its_reason() {
        var request = request("failing");
        Failure why = Failure.of(FailureKind.CAPACITY, "NO_CAPACITY", "No node has room.");
        neighbours.say(request);
        neighbours.answer(neighbours.awaitCommand(request.app()), Outcome.FAILED, why);
        assertThat(neighbours.awaitEvent(request))
                .isInstanceOfSatisfying(
                        RecoveryEvent.NotRecovered.class,
                        event -> assertThat(event.failure()).isEqualTo(why));
    }

    @Test
    void what_was_stopped_meanwhile_is_said_not_to_be_wanted() {
        var request = request("stopped");
        Failure why = Failure.of(FailureKind.REQUEST, DeployerCommand.Revive.NOT_WANTED, "It was stopped.");
        neighbours.say(request);
        neighbours.answer(neighbours.awaitCommand(request.app()), Outcome.FAILED, why);
        assertThat(neighbours.awaitEvent(request)).isInstanceOf(RecoveryEvent.NotWanted.class);
    }

    @Test
    void where_there_is_no_fleet_a_machine_is_not_restarted_and_monitoring_hears_why() {
        var request = new RecoveryRequest.RestartMachine(new IncidentId(tokens.next()), 1, "vm-2", DEADLINE);
        neighbours.say(request);
        assertThat(neighbours.awaitEvent(request))
                .isInstanceOfSatisfying(
                        RecoveryEvent.NotRecovered.class,
                        event -> assertThat(event.failure().code()).isEqualTo("NO_FLEET"));
    }
}
