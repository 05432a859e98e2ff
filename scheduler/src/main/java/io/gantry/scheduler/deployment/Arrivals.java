package io.gantry.scheduler.deployment;

import io.gantry.contract.deployer.InstanceAddress;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.contract.registry.Instance;
import io.gantry.contract.registry.InstanceState;
import io.gantry.scheduler.instance.Instances;
import io.gantry.scheduler.version.Version;
import io.gantry.scheduler.version.Versions;
import java.util.Objects;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What a deployment has brought up is known with its end: whoever is told that it has succeeded asks for the app's address next. The
 * node-manager tells of the same instances, by another way, which may be heard a little later.
 */
@Component
class Arrivals {
    private final Versions versions;
    private final Instances instances;

    Arrivals(Versions versions, Instances instances) {
        this.versions = versions;
        this.instances = instances;
    }

    @EventListener
    public void on(DeploymentEnded ended) {
        Deployment deployment = ended.deployment();
        deployment.progress().services().stream()
                .filter(service -> service.state() == ServiceState.RUNNING)
                .forEach(service ->
                        version(deployment, service).ifPresent(version -> enter(deployment, service, version)));
    }

    private Optional<Version> version(Deployment deployment, ServiceProgress service) {
        return Optional.ofNullable(service.version())
                .flatMap(number -> versions.find(deployment.app(), service.name(), number));
    }

    private void enter(Deployment deployment, ServiceProgress service, Version version) {
        service.instances().stream()
                .map(address -> instance(deployment, service, version, address))
                .forEach(instances::enterUnheard);
    }

    private static Instance instance(
            Deployment deployment, ServiceProgress service, Version version, InstanceAddress at) {
        String image = service.image();
        return new Instance(
                at.id(),
                deployment.app(),
                service.name(),
                version.version(),
                version.manifest().kind(),
                image == null ? "" : image,
                deployment.token(),
                at.node(),
                at.address(),
                at.port(),
                version.manifest().resources(),
                version.manifest().health(),
                Objects.requireNonNull(deployment.progress().finishedAt()),
                InstanceState.RUNNING,
                null);
    }
}
