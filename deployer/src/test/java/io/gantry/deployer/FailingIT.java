package io.gantry.deployer;

import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.Failure;
import io.gantry.contract.FailureKind;
import io.gantry.deployer.app.Programs;
import io.gantry.deployer.neighbour.Requests;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a program that does not come up tells of why, and leaves. */
@DeployerIT
class FailingIT {
    @Autowired
    Requests requests;

    @Autowired
    Programs programs;

    @Autowired
    LocalEngine engine;

    private Failure fails(String code, String config) {
        return requests.failure(requests.buildAndRun(programs.python(code, config)));
    }

    @Test
    void a_crash_at_start_tells_why_and_leaves_nothing() {
        Failure failure = fails("print('about to fail')\nraise SystemExit(3)", "{\"port\": 8000}");
        assertThat(failure.code()).isEqualTo("CONTAINER_ENDED");
        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure.log()).contains("about to fail");
        assertThat(engine.containers()).isEmpty();
        assertThat(engine.networks()).isEmpty();
        await().untilAsserted(() -> assertThat(engine.images()).isEmpty());
    }

    @Test
    void a_health_check_that_never_answers_tells_what_it_got() {
        Failure failure = fails(
                "import time\nprint('not listening', flush=True)\ntime.sleep(600)",
                "{\"port\": 8000, \"health\": {\"path\": \"/\", \"gracePeriod\": \"8s\"}}");
        assertThat(failure.code()).isEqualTo("HEALTH_CHECK_FAILED");
        assertThat(failure.lastProbe()).isNotBlank();
        assertThat(failure.log()).contains("not listening");
        assertThat(engine.containers()).isEmpty();
    }

    @Test
    void running_out_of_memory_is_told_as_such() {
        Failure failure = fails(
                "hog = []\nwhile True: hog.append(bytearray(1 << 20))",
                "{\"port\": 8000, \"resources\": {\"memory\": \"32Mi\"}}");
        assertThat(failure.code()).isEqualTo("OUT_OF_MEMORY");
        assertThat(failure.oomKilled()).isTrue();
    }

    @Test
    void a_command_that_does_not_exist_is_the_developers_to_mend() {
        Failure failure = fails("", "{\"port\": 8000, \"runtime\": \"python\", \"command\": [\"no-such-program\"]}");
        assertThat(failure.kind()).isEqualTo(FailureKind.REQUEST);
        assertThat(failure.message() + failure.log()).contains("no-such-program");
        assertThat(engine.containers()).isEmpty();
    }
}
