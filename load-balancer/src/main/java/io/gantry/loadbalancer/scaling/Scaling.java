package io.gantry.loadbalancer.scaling;

import io.gantry.contract.Failure;
import io.gantry.contract.InstanceId;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.Outcome;
import io.gantry.contract.deployer.ServiceReport;
import io.gantry.contract.placement.PlacementRequest.Place;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.Usage;
import io.gantry.loadbalancer.ServiceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps the number of instances of every service right. Whatever is heard changes what is remembered of the service;
 * then the service is looked at, judged, and the verdict carried out, in one transaction that holds the service.
 */
@Component
@Transactional
class Scaling {
    private static final Duration UNUSED_POLICY = Duration.ofHours(1);
    private static final Comparator<ServiceId> LOCKING_ORDER =
            Comparator.comparing(ServiceId::app).thenComparing(ServiceId::service);

    private final ScalePolicyTable policies;
    private final ScaledInstanceTable instances;
    private final ScaledServiceTable services;
    private final Scaler scaler;
    private final ScalePolicy policy;
    private final ScaleSettings settings;
    private final InstantSource clock;

    Scaling(
            ScalePolicyTable policies,
            ScaledInstanceTable instances,
            ScaledServiceTable services,
            Scaler scaler,
            ScaleSettings settings,
            InstantSource clock) {
        this.policies = policies;
        this.instances = instances;
        this.services = services;
        this.scaler = scaler;
        this.policy = new ScalePolicy(settings);
        this.settings = settings;
        this.clock = clock;
    }

    void told(Place place) {
        policies.put(new ServiceId(place.app(), place.service()), place.version(), place.scale(), clock.instant());
    }

    void runs(Instance instance) {
        instances.put(instance);
        look(new ServiceId(instance.app(), instance.service()));
    }

    void ended(InstanceId instance) {
        instances.remove(instance).ifPresent(this::look);
    }

    void uses(Usage usage) {
        usage.instances().stream()
                .sorted(Comparator.comparing(Usage.OfInstance::id))
                .map(instance -> instances.sample(instance, usage.at()))
                .flatMap(Optional::stream)
                .distinct()
                .sorted(LOCKING_ORDER)
                .forEach(this::look);
    }

    /** Requests that this load balancer did not make keep it from interfering while they are in progress. */
    void advanced(DeployerEvent.ServiceAdvanced event) {
        look(new ServiceId(event.app(), event.service()), state -> {
            if (event.state().isFinal()) {
                return state.deploymentEnded(event.token(), clock.instant(), settings);
            }
            return state.action(event.token()).isPresent() ? state : state.deploymentBegun(event.token());
        });
    }

    void finished(DeployerEvent.Finished event) {
        event.services().stream()
                .sorted(Comparator.comparing(ServiceReport::service))
                .forEach(report ->
                        look(new ServiceId(event.app(), report.service()), state -> answered(state, event, report)));
    }

    /** @return what it comes to; none if no instance of the service runs */
    Optional<ScaleStatus> scale(ServiceId service, int replicas, Duration holds) {
        if (situation(service).count() == 0) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        look(service, state -> state.askedFor(new Manual(replicas, now.plus(holds)), now));
        return status(service);
    }

    Optional<ScaleStatus> status(ServiceId service) {
        Situation at = situation(service);
        return services.find(service).filter(state -> at.count() > 0).map(state -> {
            ScaleState seen = state.seen(at, settings);
            return ScaleStatus.of(service, seen, at, policy.judge(seen, at).reason());
        });
    }

    void look(ServiceId service) {
        look(service, state -> state);
    }

    List<ServiceId> restless() {
        return services.restless();
    }

    void forgetUnused() {
        policies.forget(clock.instant().minus(UNUSED_POLICY));
    }

    private void look(ServiceId service, UnaryOperator<ScaleState> news) {
        ScaleState before = services.lock(service, clock.instant());
        Situation at = situation(service);
        ScaleState now = news.apply(before.seen(at, settings));
        ScaleState after = scaler.carryOut(policy.judge(now, at), service, now, at);
        if (after.isOver()) {
            services.delete(service);
        } else if (!after.equals(before)) {
            services.save(service, after, after.isRestless(at));
        }
    }

    private Situation situation(ServiceId service) {
        Instant now = clock.instant();
        return new Situation(
                now, policies.find(service).orElse(null), instances.running(service, now.minus(settings.staleAfter())));
    }

    private ScaleState answered(ScaleState state, DeployerEvent.Finished event, ServiceReport report) {
        Instant now = clock.instant();
        if (state.action(event.token()).isEmpty()) {
            return state.deploymentEnded(event.token(), now, settings);
        }
        return switch (event.outcome()) {
            case SUCCEEDED -> state.succeeded(event.token(), now, settings);
            case CANCELLED -> state.cancelled(event.token(), now, settings);
            case FAILED, TIMED_OUT -> state.failed(event.token(), problem(event.outcome(), report), now, settings);
        };
    }

    private static String problem(Outcome outcome, ServiceReport report) {
        Failure failure = report.failure();
        return failure == null ? Objects.toString(outcome) : failure.message();
    }
}
