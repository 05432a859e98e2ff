package io.gantry.nodemanager.registry;

import static io.gantry.contract.registry.InstanceState.DEAD;
import static io.gantry.contract.registry.InstanceState.RUNNING;
import static io.gantry.contract.registry.InstanceState.UNKNOWN;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.manifest.Health;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.RegistryEvent;
import io.gantry.contract.topic.Topics;
import io.gantry.messaging.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The service registry. Every change is told to others in the transaction that makes it. */
@Component
public class Registry {
    private static final Logger log = LoggerFactory.getLogger(Registry.class);

    private final InstanceTable table;
    private final Outbox outbox;
    private final InstantSource clock;
    private final RegistrySettings settings;
    private final ApplicationEventPublisher inside;

    Registry(
            InstanceTable table,
            Outbox outbox,
            InstantSource clock,
            RegistrySettings settings,
            ApplicationEventPublisher inside) {
        this.table = table;
        this.outbox = outbox;
        this.clock = clock;
        this.settings = settings;
        this.inside = inside;
    }

    /** It stays in the state it is known to be in: what is seen of a container weighs more than what is said. */
    @Transactional
    public void enter(Instance given, DeploymentToken deployment) {
        Entry entry = table.hold(given.id())
                .map(known -> new Entry(given, false)
                        .in(known.state(), known.instance().detail()))
                .orElse(new Entry(given, false));
        table.forgetDeregistered(given.id());
        save(entry);
        tell(new RegistryEvent.Registered(given.id(), deployment, clock.instant()));
        inside.publishEvent(new Entered(entry.instance()));
    }

    @Transactional
    public void remove(InstanceId id, DeploymentToken deployment) {
        Instant now = clock.instant();
        delete(id);
        table.rememberDeregistered(id, now);
        table.forgetDeregisteredBefore(now.minus(settings.rememberDeregistered()));
        tell(new RegistryEvent.Deregistered(id, deployment, now));
    }

    /** Draws the consequence of what was seen of an instance's container. */
    @Transactional
    public void record(InstanceId id, Sighting sighting) {
        Optional<Entry> known = table.hold(id);
        if (known.isPresent()) {
            apply(id, Finding.of(known.get(), sighting));
        } else if (sighting instanceof Sighting.Running(var instance) && isLost(instance)) {
            adopt(instance);
        }
    }

    /** One that is entered by its command at this very moment is not adopted. */
    private void adopt(Instance instance) {
        if (table.saveIfAbsent(new Entry(instance, true))) {
            log.info("Adopted {} on {}: it runs and had no entry", instance.id(), instance.node());
            publish(instance);
        }
    }

    /** What ran there is not dead: whether it runs is not known. */
    @Transactional
    public void loseSightOf(NodeId node) {
        for (Entry entry : table.on(node)) {
            if (entry.state() == RUNNING) {
                save(entry.in(UNKNOWN, "%s can't be reached".formatted(node)));
            }
        }
    }

    /**
     * What ran there is dead to all who wait for it. If it is seen to run again, it is no more; where it was replaced
     * meanwhile, it is removed by the deployer.
     */
    @Transactional
    public void declareDead(NodeId node, String why) {
        table.on(node).stream()
                .flatMap(entry -> table.hold(entry.instance().id()).stream())
                .filter(Entry::isExpected)
                .forEach(entry -> lose(entry, why));
    }

    /** Out of sight first, then dead: by that, who counts faults tells one lost machine from many deaths. */
    private void lose(Entry entry, String why) {
        if (entry.state() == RUNNING) {
            save(entry.in(UNKNOWN, why));
        }
        bury(entry.in(DEAD, why), null, false);
    }

    /** Tells everything again, for whoever lost it. */
    @Transactional
    public void tellAll() {
        table.matching(InstanceFilter.ALL).forEach(this::publish);
    }

    public List<Entry> on(NodeId node) {
        return table.on(node);
    }

    public List<Instance> matching(InstanceFilter filter) {
        return table.matching(filter);
    }

    public @Nullable Instance find(InstanceId id) {
        return table.find(id).map(Entry::instance).orElse(null);
    }

    /** As long as it may be unhealthy it is the deployer's, who enters it once it serves. */
    private boolean isLost(Instance instance) {
        Health health = instance.health();
        Duration grace = health == null ? Duration.ZERO : health.gracePeriod().value();
        Instant limit = clock.instant().minus(grace).minus(settings.adoptAfter());
        return instance.startedAt().isBefore(limit) && !table.wasDeregistered(instance.id());
    }

    private void apply(InstanceId id, Finding finding) {
        switch (finding) {
            case Finding.Nothing() -> {}
            case Finding.Changed(var next) -> save(next);
            case Finding.Died(var next, var exitCode, var oomKilled) -> bury(next, exitCode, oomKilled);
            case Finding.Forgotten() -> delete(id);
        }
    }

    private void bury(Entry dead, @Nullable Integer exitCode, boolean oomKilled) {
        Instance instance = dead.instance();
        log.warn("{} on {} died: {}", instance.id(), instance.node(), instance.detail());
        save(dead);
        tell(new RegistryEvent.InstanceDied(
                instance.id(),
                instance.app(),
                instance.service(),
                instance.node(),
                exitCode,
                oomKilled,
                clock.instant()));
    }

    private void save(Entry entry) {
        table.save(entry);
        publish(entry.instance());
    }

    private void delete(InstanceId id) {
        if (table.delete(id)) {
            outbox.tombstone(Topics.INSTANCES, id.value());
        }
    }

    private void publish(Instance instance) {
        outbox.send(Topics.INSTANCES, instance.id().value(), instance);
    }

    private void tell(RegistryEvent event) {
        outbox.send(Topics.REGISTRY_EVENTS, event.instance().value(), event);
    }
}
