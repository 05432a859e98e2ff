package io.gantry.nodemanager.registry;

import static io.gantry.contract.registry.InstanceState.DEAD;
import static io.gantry.contract.registry.InstanceState.RUNNING;
import static io.gantry.contract.registry.InstanceState.UNKNOWN;
import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.manifest.TimeSpan;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.InstanceState;
import io.gantry.contract.registry.RegistryCommand.Deregister;
import io.gantry.contract.registry.RegistryCommand.Register;
import io.gantry.contract.registry.RegistryEvent;
import io.gantry.contract.topic.Topics;
import io.gantry.nodemanager.Neighbours;
import io.gantry.nodemanager.NodeManagerTest;
import io.gantry.nodemanager.Sample;
import io.gantry.testkit.SettableClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.support.TransactionTemplate;

@NodeManagerTest
class RegistryTest {
    private static final DeploymentToken LATER = new DeploymentToken("later00000000000");

    private final Instance instance = Sample.instance();
    private final InstanceId id = instance.id();

    @Autowired
    private Neighbours neighbours;

    @Autowired
    private Registry registry;

    @Autowired
    private SettableClock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private RestTestClient rest;

    @BeforeEach
    void startOver() {
        jdbc.sql("truncate instance, deregistered").update();
        clock.set(NodeManagerTest.Clock.START);
    }

    @Test
    void an_instance_is_entered_answered_and_told_to_everybody() {
        register();
        assertThat(neighbours.instance(id)).isEqualTo(instance);
        assertThat(neighbours.eventsOf(id))
                .containsExactly(new RegistryEvent.Registered(id, instance.deployment(), clock.instant()));
    }

    @Test
    void entering_it_again_changes_nothing_and_is_answered_again() {
        register();
        neighbours.say(new Register(instance.deployment(), instance));
        await().until(() -> neighbours.eventsOf(id).size() == 2);
        assertThat(registry.matching(InstanceFilter.ALL)).containsExactly(instance);
    }

    @Test
    void a_removed_instance_is_gone_for_everybody() {
        register();
        neighbours.say(new Deregister(LATER, id));
        await().untilAsserted(() -> assertThat(neighbours.eventsOf(id))
                .last()
                .isEqualTo(new RegistryEvent.Deregistered(id, LATER, clock.instant())));
        await().until(() -> neighbours.instance(id) == null);
        assertThat(registry.find(id)).isNull();
    }

    @Test
    void removing_what_is_not_there_is_answered_too() {
        neighbours.say(new Deregister(LATER, id));
        await().until(() -> !neighbours.eventsOf(id).isEmpty());
        assertThat(neighbours.eventsOf(id)).first().isInstanceOf(RegistryEvent.Deregistered.class);
    }

    @Test
    void a_death_is_told_once() {
        register();
        registry.record(id, new Sighting.Ended(137, true));
        registry.record(id, new Sighting.Ended(137, true));
        awaitState(DEAD);
        await().untilAsserted(() -> assertThat(neighbours.eventsOf(id))
                .filteredOn(RegistryEvent.InstanceDied.class::isInstance)
                .containsExactly(new RegistryEvent.InstanceDied(
                        id, instance.app(), instance.service(), instance.node(), 137, true, clock.instant())));
        assertThat(neighbours.instance(id)).extracting(Instance::detail).isEqualTo("exit code 137, out of memory");
    }

    @Test
    void the_end_of_a_removed_instance_is_no_death() {
        register();
        neighbours.say(new Deregister(LATER, id));
        await().until(() -> neighbours.instance(id) == null);
        registry.record(id, new Sighting.Ended(143, false));
        assertThat(neighbours.eventsOf(id)).noneMatch(RegistryEvent.InstanceDied.class::isInstance);
    }

    @Test
    void on_a_lost_node_instances_are_unknown_not_dead() {
        register();
        registry.loseSightOf(Sample.NODE);
        awaitState(UNKNOWN);
        assertThat(neighbours.eventsOf(id)).noneMatch(RegistryEvent.InstanceDied.class::isInstance);
        registry.record(id, new Sighting.Running(instance));
        awaitState(RUNNING);
    }

    @Test
    void what_ran_on_a_node_that_is_given_up_is_dead_until_it_is_seen_to_run() {
        register();
        registry.loseSightOf(Sample.NODE);
        registry.declareDead(Sample.NODE, "its node local is lost");
        registry.declareDead(Sample.NODE, "its node local is lost");
        awaitState(DEAD);
        assertThat(neighbours.instance(id).detail()).isEqualTo("its node local is lost");
        registry.loseSightOf(Sample.NODE);
        registry.record(id, new Sighting.Running(instance));
        awaitState(RUNNING);
        await().untilAsserted(() -> assertThat(neighbours.eventsOf(id))
                .filteredOn(RegistryEvent.InstanceDied.class::isInstance)
                .hasSize(1));
    }

    @Test
    void one_that_is_lost_with_its_node_is_told_to_be_out_of_sight_before_it_is_told_to_be_dead() {
        register();
        registry.declareDead(Sample.NODE, "its node local is lost");
        awaitState(DEAD);
        assertThat(jdbc.sql("""
                        select convert_from(payload, 'UTF8')::json ->> 'state' from outbox
                        where topic = ? and key = ? order by id""")
                        .params(Topics.INSTANCES, id.value())
                        .query(String.class)
                        .list())
                .endsWith("RUNNING", "UNKNOWN", "DEAD");
    }

    @Test
    void a_container_that_runs_for_long_without_an_entry_is_adopted() {
        clock.advance(Duration.ofMinutes(1));
        registry.record(id, new Sighting.Running(instance));
        awaitState(RUNNING);
        assertThat(neighbours.instance(id)).isEqualTo(instance);
    }

    @Test
    void a_young_container_is_left_to_the_deployer() {
        clock.advance(Duration.ofSeconds(20));
        registry.record(id, new Sighting.Running(instance));
        assertThat(registry.find(id)).isNull();
    }

    @Test
    void one_that_may_be_unhealthy_for_long_is_left_to_the_deployer_for_as_long() {
        Instance slow = Sample.withGrace(TimeSpan.seconds(90));
        clock.advance(Duration.ofMinutes(1));
        registry.record(slow.id(), new Sighting.Running(slow));
        assertThat(registry.find(slow.id())).isNull();

        clock.advance(Duration.ofMinutes(2));
        registry.record(slow.id(), new Sighting.Running(slow));
        assertThat(registry.find(slow.id())).isEqualTo(slow);
    }

    @Test
    void a_removed_instance_whose_container_still_runs_is_not_adopted() {
        neighbours.say(new Deregister(LATER, id));
        await().until(() -> !neighbours.eventsOf(id).isEmpty());
        clock.advance(Duration.ofHours(1));
        registry.record(id, new Sighting.Running(instance));
        assertThat(registry.find(id)).isNull();
    }

    @Test
    void an_adopted_instance_whose_container_was_removed_leaves_nothing() {
        clock.advance(Duration.ofMinutes(1));
        registry.record(id, new Sighting.Running(instance));
        awaitState(RUNNING);
        registry.record(id, new Sighting.Gone());
        await().until(() -> neighbours.instance(id) == null);
        assertThat(neighbours.eventsOf(id)).isEmpty();
    }

    @Test
    void an_instance_that_is_seen_while_it_is_entered_is_not_taken_for_an_adopted_one() throws Exception {
        clock.advance(Duration.ofMinutes(1));
        CompletableFuture<Void> seen = transaction.execute(_ -> {
            registry.enter(instance, instance.deployment());
            var watch = CompletableFuture.runAsync(() -> registry.record(id, new Sighting.Running(instance)));
            await().until(this::somebodyWaitsForUs);
            return watch;
        });
        seen.get(60, TimeUnit.SECONDS);

        registry.record(id, new Sighting.Gone());

        assertThat(registry.find(id)).extracting(Instance::state).isEqualTo(DEAD);
    }

    private boolean somebodyWaitsForUs() {
        return jdbc.sql("select exists (select from pg_locks where not granted)")
                .query(Boolean.class)
                .single();
    }

    @Test
    void what_was_seen_weighs_more_than_what_is_said_later() {
        register();
        registry.record(id, new Sighting.Ended(1, false));
        neighbours.say(new Register(LATER, instance));
        await().until(() -> neighbours.eventsOf(id).contains(new RegistryEvent.Registered(id, LATER, clock.instant())));
        assertThat(registry.find(id)).extracting(Instance::state).isEqualTo(DEAD);
    }

    @Test
    void instances_are_listed_by_app_service_node_and_state() {
        register();
        expectListed("?app=shop&service=app-server&node=local&state=RUNNING", id.value());
        expectListed("?app=other", null);
        expectListed("?state=DEAD", null);
        expectListed("", id.value());
    }

    @Test
    void what_is_no_name_is_refused_with_the_name_of_the_parameter() {
        rest.get()
                .uri("/api/v1/instances?app=A;B")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].pointer")
                .exists();
    }

    private void expectListed(String query, @Nullable String expected) {
        var body = rest.get()
                .uri("/api/v1/instances" + query)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
        if (expected == null) {
            body.jsonPath("$.instances").isEmpty();
        } else {
            body.jsonPath("$.instances[0].id").isEqualTo(expected);
        }
    }

    private void register() {
        neighbours.say(new Register(instance.deployment(), instance));
        awaitState(RUNNING);
        await().until(() -> !neighbours.eventsOf(id).isEmpty());
    }

    private void awaitState(InstanceState state) {
        await().untilAsserted(() ->
                assertThat(neighbours.instance(id)).extracting(Instance::state).isEqualTo(state));
    }
}
