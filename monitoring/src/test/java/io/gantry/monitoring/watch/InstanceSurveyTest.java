package io.gantry.monitoring.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Health;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.manifest.Memory;
import io.gantry.contract.manifest.Resources;
import io.gantry.contract.manifest.TimeSpan;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.InstanceState;
import io.gantry.contract.registry.Node;
import io.gantry.contract.registry.NodeState;
import io.gantry.monitoring.unit.Seen;
import io.gantry.monitoring.unit.Unit;
import io.gantry.monitoring.unit.UnitState;
import io.gantry.monitoring.unit.Units.Running;
import io.gantry.remote.HealthProbe.Answer;
import io.gantry.remote.HealthProbe.Heard;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What follows from several instances together, asked second by second in time that a test lets pass. */
class InstanceSurveyTest {
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Answer WELL = new Answer(Heard.GOOD, "HTTP 200");
    private static final Answer SILENT = new Answer(Heard.NOTHING, "no answer within 2000 ms");
    private static final Answer UNWELL = new Answer(Heard.BAD, "HTTP 503");
    private static final Health HEALTH =
            new Health("/", TimeSpan.seconds(1), TimeSpan.seconds(2), TimeSpan.seconds(30), 1, 3);

    private final AtomicLong nanos = new AtomicLong();
    private final Pulse pulse = new Pulse(nanos::get, Settings.DEFAULT.stall());
    private final Map<InstanceId, InstanceSighting> sightings = new HashMap<>();
    private final Map<InstanceId, UnitState> states = new TreeMap<>();
    private final Map<InstanceId, Answer> answers = new HashMap<>();
    private final Set<InstanceId> downs = new HashSet<>();

    /** Two on each of two nodes. */
    InstanceSurveyTest() {
        IntStream.range(0, 4).mapToObj(InstanceSurveyTest::instance).forEach(id -> states.put(id, UnitState.UP));
        live(Duration.ofSeconds(1));
    }

    @Test
    void one_that_hangs_is_down_and_the_others_are_up() {
        answers.put(instance(0), SILENT);
        live(Duration.ofSeconds(3));
        assertThat(downs).containsExactly(instance(0));
        assertThat(states.get(instance(1))).isEqualTo(UnitState.UP);
    }

    @Test
    void where_nothing_on_a_node_answers_it_may_be_the_network_and_takes_longer() {
        answers.put(instance(0), SILENT);
        answers.put(instance(1), SILENT);
        live(Duration.ofSeconds(50));
        assertThat(downs).isEmpty();
        assertThat(states.get(instance(0))).isEqualTo(UnitState.SUSPECT);
        live(Duration.ofSeconds(15));
        assertThat(downs).containsExactlyInAnyOrder(instance(0), instance(1));
    }

    @Test
    void where_all_on_a_node_say_that_they_are_not_well_it_is_not_the_network() {
        answers.put(instance(0), UNWELL);
        answers.put(instance(1), UNWELL);
        live(Duration.ofSeconds(4));
        assertThat(downs).containsExactlyInAnyOrder(instance(0), instance(1));
    }

    @Test
    void one_that_answers_well_in_between_is_not_down() {
        for (int round = 0; round < 100; round++) {
            answers.put(instance(0), UNWELL);
            live(Duration.ofSeconds(2));
            answers.put(instance(0), WELL);
            live(Duration.ofSeconds(1));
        }
        assertThat(downs).isEmpty();
    }

    @Test
    void an_hour_in_which_monitoring_stalls_for_two_seconds_every_few_raises_nothing() {
        for (int stall = 0; stall < 720; stall++) {
            live(Duration.ofSeconds(3));
            stallWhileAsking(Duration.ofSeconds(2));
        }
        assertThat(states.values()).containsOnly(UnitState.UP);
        assertThat(downs).isEmpty();
    }

    @Test
    void an_hour_in_which_all_instances_stall_for_two_seconds_every_few_raises_nothing() {
        for (int stall = 0; stall < 720; stall++) {
            live(Duration.ofSeconds(3));
            states.keySet().forEach(id -> answers.put(id, SILENT));
            live(Duration.ofSeconds(2));
            answers.clear();
        }
        assertThat(downs).isEmpty();
    }

    private void live(Duration time) {
        for (long beat = 0; beat < time.toSeconds(); beat++) {
            Pulse.Mark asked = pulse.beat();
            for (int tenth = 0; tenth < 10; tenth++) {
                nanos.addAndGet(BEAT.toNanos() / 10);
                pulse.beat();
            }
            look(asked, id -> answers.getOrDefault(id, WELL));
        }
    }

    /** While monitoring is stopped nothing answers it. */
    private void stallWhileAsking(Duration time) {
        Pulse.Mark asked = pulse.beat();
        nanos.addAndGet(time.toNanos());
        look(asked, _ -> SILENT);
    }

    private void look(Pulse.Mark asked, Function<InstanceId, Answer> answering) {
        Pulse.Mark now = pulse.beat();
        states.keySet().forEach(id -> sightings.put(id, heard(id, asked, now, answering.apply(id))));
        List<Listening> all = states.keySet().stream()
                .flatMap(id -> Listening.of(running(id)))
                .toList();
        new InstanceSurvey(all, sightings, nodes(), now)
                .verdicts(Settings.DEFAULT, Settings.INSTANCES)
                .forEach((unit, verdict) -> pass(((Unit.Instance) unit).id(), verdict.state()));
    }

    private InstanceSighting heard(InstanceId id, Pulse.Mark asked, Pulse.Mark now, Answer answer) {
        InstanceSighting before = sightings.getOrDefault(id, InstanceSighting.NONE);
        return answer.good()
                ? before.well(now, Settings.DEFAULT.suspectAfter())
                : before.unwell(asked, now, answer, new ContainerWord.Runs(Duration.ofHours(1)));
    }

    private void pass(InstanceId id, UnitState state) {
        states.put(id, state);
        if (state == UnitState.DOWN) {
            downs.add(id);
        }
    }

    private static InstanceId instance(int number) {
        return InstanceId.of(
                new AppName("shop"), new ServiceName("web"), new DeploymentToken("aaaaaaaaaaaaaaaa"), number);
    }

    private static NodeId nodeOf(InstanceId id) {
        return new NodeId(id.equals(instance(0)) || id.equals(instance(1)) ? "vm-1" : "vm-2");
    }

    private Running running(InstanceId id) {
        Instance told = new Instance(
                id,
                new AppName("shop"),
                new ServiceName("web"),
                1,
                Kind.SERVICE,
                "registry/shop/web@sha256:1",
                new DeploymentToken("aaaaaaaaaaaaaaaa"),
                nodeOf(id),
                "127.0.0.1",
                20_001,
                new Resources(0.5, Memory.mebibytes(256), 256),
                HEALTH,
                Instant.EPOCH,
                InstanceState.RUNNING,
                null);
        Unit.Instance unit = new Unit.Instance(id, told.app(), told.service());
        UnitState state = states.getOrDefault(id, UnitState.UP);
        return new Running(
                told, new Seen<>(unit, told.node().value(), state, Instant.EPOCH, null), state == UnitState.DOWN, true);
    }

    private static Map<NodeId, Node> nodes() {
        return Stream.of("vm-1", "vm-2")
                .map(name -> new Node(
                        new NodeId(name),
                        URI.create("unix:///var/run/docker.sock"),
                        null,
                        "127.0.0.1",
                        2,
                        Memory.mebibytes(1024),
                        Map.of(),
                        NodeState.READY,
                        false,
                        Instant.EPOCH))
                .collect(Collectors.toMap(Node::id, Function.identity()));
    }
}
