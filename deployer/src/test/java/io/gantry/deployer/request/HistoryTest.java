package io.gantry.deployer.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.database.history.HistoryKeeper;
import io.gantry.deployer.DeployerTest;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.app.Releases;
import io.gantry.deployer.neighbour.Requests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the deployer remembers of what is over, and for how long. */
@DeployerTest
class HistoryTest {
    @Autowired
    HistoryKeeper history;

    @Autowired
    Requests requests;

    @Autowired
    Releases releases;

    @Autowired
    OwnApp app;

    @Autowired
    JdbcClient jdbc;

    private void longAgo() {
        List.of(
                        "request set finished_at = finished_at",
                        "leg set began_at = began_at",
                        "instance set retired_at = retired_at")
                .forEach(column -> jdbc.sql("update %s - interval '91 days' where app = ?".formatted(column))
                        .param(app.name().value())
                        .update());
    }

    private int count(String table) {
        return jdbc.sql("select count(*) from %s where app = ?".formatted(table))
                .param(app.name().value())
                .query(Integer.class)
                .single();
    }

    @Test
    void requests_that_are_long_over_go_with_their_legs_and_what_they_brought_up_runs_on_and_can_be_replaced() {
        assertThat(requests.report(requests.buildAndRun(releases.web(1))).state())
                .isEqualTo(ServiceState.RUNNING);
        assertThat(requests.report(requests.buildAndRun(releases.web(2))).state())
                .isEqualTo(ServiceState.RUNNING);
        longAgo();
        history.forgetOld();
        assertThat(count("request")).isZero();
        assertThat(count("leg")).isZero();
        assertThat(count("instance")).as("the one that runs").isOne();

        assertThat(requests.answer(requests.buildAndRun(releases.web(3))).outcome())
                .isEqualTo(Outcome.SUCCEEDED);
        history.forgetOld();
        assertThat(count("request")).isOne();
        assertThat(count("leg")).isOne();
    }
}
