package io.gantry.deployer.leg;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.placement.Veto;
import io.gantry.deployer.leg.Retiring.Departure;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Legs that are under way while a deployer is replaced by a newer one must be readable to that. */
class StoredStageTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Attempt ATTEMPT = new Attempt(
            Sample.instance(0), Sample.ACCESS, 2, Set.of(Sample.OTHER_NODE), List.of("node-2: its disk is full"));
    private static final Started STARTED = new Started(ATTEMPT, Sample.address(Sample.instance(0)), Sample.NOW);
    private static final Leaver LEAVER = Leaver.of(Sample.instance(0), Sample.NODE, Sample.ACCESS, true);

    static Stream<Stage> stages() {
        return Stream.of(
                new Queued(),
                new AwaitingBuild(),
                new Building(Sample.LATER),
                new Pushing(Sample.LOCAL_IMAGE, Sample.LATER),
                new RollingOut(
                        Sample.IMAGE,
                        List.of(
                                new Withdrawing(
                                        ATTEMPT,
                                        Sample.address(Sample.instance(0)),
                                        Sample.IMAGE.manifest().stop().drain(),
                                        Sample.LATER),
                                new Stopping(ATTEMPT, Sample.address(Sample.instance(0)), Sample.LATER),
                                new Reviving(ATTEMPT, Sample.address(Sample.instance(0)), Sample.LATER),
                                new Placing(
                                        ATTEMPT,
                                        Sample.LATER,
                                        "no room",
                                        List.of(new Veto(Sample.NODE, "capacity", "full"))),
                                new Starting(ATTEMPT, Sample.NODE, Sample.LATER),
                                new Verifying(STARTED, false, Sample.LATER),
                                new Registering(STARTED, Sample.LATER),
                                new Serving(STARTED)),
                        List.of(Sample.standing(0))),
                new Retiring(
                        new Ended.Failed(Sample.FAILURE),
                        List.of(
                                new Departure.Deregistering(LEAVER.draining(Sample.IMAGE), Sample.LATER),
                                new Departure.Draining(LEAVER.draining(Sample.IMAGE), Sample.LATER),
                                new Departure.Removing(LEAVER, Sample.LATER)),
                        List.of("one")),
                new Ended.Built(Sample.IMAGE),
                new Ended.Running(Sample.IMAGE),
                new Ended.Stopped(),
                new Ended.Failed(Sample.FAILURE),
                new Ended.Cancelled(),
                new Ended.TimedOut(Sample.FAILURE));
    }

    @ParameterizedTest
    @MethodSource("stages")
    void a_stage_is_read_as_it_was_written(Stage stage) {
        assertThat(JSON.readValue(JSON.writeValueAsString(stage), Stage.class)).isEqualTo(stage);
    }

    @Test
    void stages_are_written_under_lasting_names() {
        assertThat(JSON.writeValueAsString(new Retiring(
                        new Ended.Stopped(), List.of(new Departure.Removing(LEAVER, Sample.LATER)), List.of())))
                .isEqualTo(
                        "{\"stage\":\"retiring\",\"end\":{\"stage\":\"stopped\"},\"departures\":[{\"step\":\"removing\","
                                + "\"leaver\":{\"id\":\"shop-web-aaaaaaaaaaaaaaaa-0\",\"node\":\"node-1\","
                                + "\"access\":\"access0000000000\",\"registered\":true,\"drain\":null},"
                                + "\"due\":\"2026-01-01T12:29:00Z\"}],\"leftBehind\":[]}");
    }
}
