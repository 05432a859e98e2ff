package io.gantry.scheduler.deployment;

import io.gantry.contract.AppName;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.scheduler.instance.HttpAddress;
import io.gantry.scheduler.instance.Instances;
import io.gantry.scheduler.version.Versions;
import java.net.URI;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Where an app is reached: at the service that its users call, which is {@code app-server}, or the only one with a port. */
@Component
public class AppUrl {
    private final Versions versions;
    private final Instances instances;

    AppUrl(Versions versions, Instances instances) {
        this.versions = versions;
        this.instances = instances;
    }

    /** Where it is reached now. */
    public Optional<URI> of(AppName app) {
        return versions.front(app).flatMap(front -> instances.address(app, front));
    }

    /** What a deployment has brought up, or has left running in front of what it brought up. */
    Optional<URI> of(Deployment deployment) {
        boolean runs = deployment.mode() != Mode.STOP && deployment.mode() != Mode.BUILD;
        return runs && deployment.isOver()
                ? versions.front(deployment.app()).flatMap(front -> of(deployment, front))
                : Optional.empty();
    }

    private Optional<URI> of(Deployment deployment, ServiceName front) {
        return deployment.progress().services().stream()
                .filter(service -> service.name().equals(front) && service.state() == ServiceState.RUNNING)
                .flatMap(service -> service.instances().stream())
                .flatMap(instance -> HttpAddress.of(instance.address(), instance.port()).stream())
                .findFirst()
                .or(() -> instances.address(deployment.app(), front));
    }
}
