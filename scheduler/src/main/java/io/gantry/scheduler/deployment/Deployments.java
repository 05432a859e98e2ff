package io.gantry.scheduler.deployment;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.Release;
import io.gantry.contract.topic.Topics;
import io.gantry.messaging.Outbox;
import io.gantry.messaging.Tokens;
import io.gantry.scheduler.catalog.Apps;
import io.gantry.scheduler.version.Version;
import io.gantry.scheduler.version.Versions;
import io.gantry.tracing.Traces;
import io.gantry.web.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Asks the deployer for deployments. Row and command are entered together, or none of them. */
@Component
public class Deployments {
    private final Apps apps;
    private final Versions versions;
    private final Choices choices;
    private final DeploymentTable table;
    private final Outbox outbox;
    private final Tokens tokens;
    private final InstantSource clock;
    private final DeploymentSettings settings;
    private final Traces traces;

    Deployments(
            Apps apps,
            Versions versions,
            Choices choices,
            DeploymentTable table,
            Outbox outbox,
            Tokens tokens,
            InstantSource clock,
            DeploymentSettings settings,
            Traces traces) {
        this.apps = apps;
        this.versions = versions;
        this.choices = choices;
        this.table = table;
        this.outbox = outbox;
        this.tokens = tokens;
        this.clock = clock;
        this.settings = settings;
        this.traces = traces;
    }

    /**
     * @param idempotencyKey none: asking twice is asking for two
     * @return the deployment; the earlier one if the same was asked for with this key before
     * @throws ProblemException 404 for an app, service or version that is not there; 409 for an app that is being deleted, or a
     *     key that was used for something else
     */
    @Transactional
    public Deployment request(AppName app, DeploymentRequest request, @Nullable String idempotencyKey) {
        return earlier(app, request, idempotencyKey).orElseGet(() -> entered(app, request, idempotencyKey));
    }

    private Deployment entered(AppName app, DeploymentRequest request, @Nullable String idempotencyKey) {
        apps.hold(app);
        return entered(plan(app, request), request, idempotencyKey);
    }

    /** Stops all services of an app, whatever becomes of the app meanwhile. */
    @Transactional
    public Deployment stopAll(AppName app) {
        DeploymentRequest stop = new DeploymentRequest(Mode.STOP, List.of());
        return entered(plan(app, stop), stop, null);
    }

    /** A deployment that may be entered, and what the deployer is asked then. */
    public record Planned(Deployment deployment, DeployerCommand command) {}

    /** @throws ProblemException 404 for a service or version that is not there */
    public Planned plan(AppName app, DeploymentRequest request) {
        return request.mode() == Mode.STOP ? stop(app, request) : run(app, request);
    }

    /** Enters all that was planned. Their apps are held by the current transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void enter(List<Planned> planned) {
        table.insert(planned.stream().map(Planned::deployment).toList());
        planned.forEach(this::command);
    }

    private Planned run(AppName app, DeploymentRequest request) {
        List<Release> releases =
                chosen(app, request).stream().map(Version::release).toList();
        List<ServiceProgress> services = releases.stream()
                .map(release -> ServiceProgress.queued(release.service(), release.version()))
                .toList();
        Deployment deployment = accepted(app, request, services);
        return new Planned(deployment, command(deployment, releases));
    }

    private Planned stop(AppName app, DeploymentRequest request) {
        choices.requireServices(app, request.services());
        List<ServiceName> names = request.services().isEmpty()
                ? apps.services(app)
                : request.services().stream()
                        .map(DeploymentRequest.Choice::name)
                        .toList();
        Deployment deployment = accepted(
                app,
                request,
                names.stream().map(name -> ServiceProgress.queued(name, null)).toList());
        return new Planned(deployment, new DeployerCommand.Stop(deployment.token(), app, names, deployment.deadline()));
    }

    private List<Version> chosen(AppName app, DeploymentRequest request) {
        return request.services().isEmpty() ? versions.newest(app) : choices.requireVersions(app, request.services());
    }

    private Deployment accepted(AppName app, DeploymentRequest request, List<ServiceProgress> services) {
        Instant now = clock.instant();
        return new Deployment(
                new DeploymentToken(tokens.next()),
                app,
                request.mode(),
                now,
                now.plus(settings.deadline()),
                request,
                null,
                traces.traceId(),
                Progress.accepted(services),
                1);
    }

    private static DeployerCommand command(Deployment asked, List<Release> releases) {
        return switch (asked.mode()) {
            case BUILD -> new DeployerCommand.Build(asked.token(), asked.app(), releases, asked.deadline());
            case RUN -> new DeployerCommand.Run(asked.token(), asked.app(), releases, asked.deadline());
            case BUILD_AND_RUN ->
                new DeployerCommand.BuildAndRun(asked.token(), asked.app(), releases, asked.deadline());
            case STOP, SCALE_UP, SCALE_DOWN, RESTART, REVIVE, MOVE ->
                throw new IllegalArgumentException("Not a mode that takes releases: " + asked.mode());
        };
    }

    private Deployment entered(Planned planned, DeploymentRequest request, @Nullable String idempotencyKey) {
        Deployment deployment = planned.deployment();
        if (!table.insert(deployment, idempotencyKey)) {
            return earlier(deployment.app(), request, idempotencyKey).orElseThrow();
        }
        command(planned);
        return deployment;
    }

    private void command(Planned planned) {
        outbox.send(Topics.DEPLOYER_COMMANDS, planned.deployment().app().value(), planned.command());
    }

    private Optional<Deployment> earlier(AppName app, DeploymentRequest request, @Nullable String idempotencyKey) {
        if (idempotencyKey == null) {
            return Optional.empty();
        }
        Optional<Deployment> earlier = table.withKey(app, idempotencyKey);
        earlier.filter(known -> !request.equals(known.request())).ifPresent(known -> {
            throw IdempotencyKey.reused("deployment " + known.token());
        });
        return earlier;
    }

    /** @throws ProblemException 404 for a token that is not there, 409 for a deployment that is over */
    @Transactional
    public Deployment cancel(DeploymentToken token) {
        Deployment deployment = table.hold(token).orElseThrow(() -> noSuchDeployment(token));
        if (deployment.isOver()) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "DEPLOYMENT_IS_OVER",
                    "Deployment %s is over: %s."
                            .formatted(token, deployment.progress().state()));
        }
        if (deployment.cancelledAt() == null) {
            table.cancelled(token, clock.instant());
            outbox.send(
                    Topics.DEPLOYER_COMMANDS,
                    deployment.app().value(),
                    new DeployerCommand.Cancel(token, deployment.app()));
        }
        return deployment;
    }

    /** @throws ProblemException 404 */
    public Deployment require(DeploymentToken token) {
        return table.find(token).orElseThrow(() -> noSuchDeployment(token));
    }

    static ProblemException noSuchDeployment(DeploymentToken token) {
        return ProblemException.notFound(
                "DEPLOYMENT_NOT_FOUND",
                "There is no deployment %s, or it was over so long ago that it is forgotten.".formatted(token));
    }
}
