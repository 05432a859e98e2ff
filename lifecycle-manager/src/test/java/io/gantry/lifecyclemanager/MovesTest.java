package io.gantry.lifecyclemanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.contract.AppName;
import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.manifest.Kind;
import io.gantry.lifecyclemanager.restart.Moves;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Instances on a machine that leaves the fleet. */
@LifecycleManagerTest
class MovesTest {
    @Autowired
    Neighbours neighbours;

    @Autowired
    Moves moves;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Test
    void each_instance_there_is_asked_for_once_but_jobs_end_by_themselves() {
        AppName app = new AppName("leaving");
        InstanceId web = neighbours.have(app, Neighbours.SERVICE, Kind.SERVICE, new NodeId("vm-9"));
        InstanceId worker = neighbours.have(app, new ServiceName("worker"), Kind.WORKER, new NodeId("vm-9"));
        neighbours.have(app, new ServiceName("once"), Kind.JOB, new NodeId("vm-9"));
        neighbours.have(app, Neighbours.SERVICE, Kind.SERVICE, new NodeId("vm-8"));

        leave("vm-9");
        leave("vm-9");

        await().until(() -> neighbours.commandsFor(app).size() >= 2);
        assertThat(neighbours.commandsFor(app))
                .extracting(command -> ((DeployerCommand.Move) command).instance())
                .containsExactlyInAnyOrder(web, worker);
    }

    @Test
    void one_that_could_not_be_moved_is_asked_for_again_after_a_rest() {
        AppName app = new AppName("stuck");
        neighbours.have(app, Neighbours.SERVICE, Kind.SERVICE, new NodeId("vm-7"));
        leave("vm-7");
        DeployerCommand first = neighbours.awaitCommand(app);
        neighbours.answer(first, Outcome.FAILED, Failure.of(FailureKind.EXTERNAL, "NO_ROOM", "No room."));
        await().until(() -> isOver(first));

        ended(first, "now()");
        leave("vm-7");
        assertThat(asked(app)).isOne();

        ended(first, "now() - interval '1 hour'");
        leave("vm-7");
        await().until(() -> asked(app) == 2);
    }

    private void leave(String machine) {
        transaction.executeWithoutResult(_ -> moves.off(new NodeId(machine)));
    }

    private boolean isOver(DeployerCommand command) {
        return jdbc.sql("select finished_at is not null from operation where token = ?")
                .param(command.token().value())
                .query(Boolean.class)
                .single();
    }

    private void ended(DeployerCommand command, String when) {
        jdbc.sql("update operation set finished_at = %s where token = ?".formatted(when))
                .param(command.token().value())
                .update();
    }

    private long asked(AppName app) {
        return jdbc.sql("select count(*) from operation where what like ?")
                .param(app.value() + "-%")
                .query(Long.class)
                .single();
    }
}
