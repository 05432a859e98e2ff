package io.gantry.deployer.rollout;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateNetworkCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network.Ipam;
import io.gantry.contract.AppName;
import io.gantry.deployer.node.EngineRefusal;
import io.gantry.deployer.node.FleetSettings;
import io.gantry.remote.Labels;
import java.util.Map;
import java.util.SplittableRandom;
import org.springframework.stereotype.Component;

/** One network an app on each node, in which its services find each other by name. */
@Component
class AppNetworks {
    private static final int FORBIDDEN = 403;
    private static final int TRIES = 50;

    private final RolloutSettings settings;
    private final String fleet;

    AppNetworks(RolloutSettings settings, FleetSettings fleet) {
        this.settings = settings;
        this.fleet = fleet.fleet();
    }

    /** An engine has addresses of its own for some thirty networks; after that, we choose them. */
    void ensure(DockerClient docker, AppName app) {
        try {
            network(docker, app).exec();
        } catch (ConflictException thereAlready) {
            return;
        } catch (DockerException refused) {
            if (!EngineRefusal.sentence(refused).contains("non-overlapping")) {
                throw refused;
            }
            ensureWithAddresses(docker, app);
        }
    }

    private void ensureWithAddresses(DockerClient docker, AppName app) {
        SplittableRandom random = new SplittableRandom(app.hashCode());
        AddressPool pool = AddressPool.parse(settings.networks());
        for (int tries = 1; ; tries++) {
            Ipam addresses = new Ipam().withConfig(new Ipam.Config().withSubnet(pool.subnet(random)));
            try {
                network(docker, app).withIpam(addresses).exec();
                return;
            } catch (ConflictException thereAlready) {
                return;
            } catch (DockerException overlaps) {
                if (tries == TRIES || !EngineRefusal.sentence(overlaps).contains("overlaps")) {
                    throw overlaps;
                }
            }
        }
    }

    /** Leaves it where a container is in it. */
    void removeIfEmpty(DockerClient docker, AppName app) {
        try {
            docker.removeNetworkCmd(ContainerPlan.networkOf(app.value())).exec();
        } catch (NotFoundException goneAlready) {
            return;
        } catch (DockerException refused) {
            if (refused.getHttpStatus() != FORBIDDEN) {
                throw refused;
            }
        }
    }

    private CreateNetworkCmd network(DockerClient docker, AppName app) {
        return docker.createNetworkCmd()
                .withName(ContainerPlan.networkOf(app.value()))
                .withDriver("bridge")
                .withCheckDuplicate(true)
                .withLabels(Map.of(Labels.FLEET, fleet, Labels.APP, app.value()));
    }
}
