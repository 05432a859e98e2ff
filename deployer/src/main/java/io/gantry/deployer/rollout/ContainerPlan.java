package io.gantry.deployer.rollout;

import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.manifest.AppRuntime;
import io.gantry.contract.manifest.Manifest;
import io.gantry.deployer.leg.Image;
import io.gantry.deployer.leg.LegId;
import io.gantry.remote.Labels;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** All that a container is made from. It follows from the leg alone, so whoever takes the leg up plans the same. */
record ContainerPlan(
        LegId leg, InstanceId instance, Image image, Map<String, String> labels, List<String> environment) {

    static ContainerPlan of(LegId leg, InstanceId instance, Image image, NodeId node, String fleet) {
        return new ContainerPlan(
                leg, instance, image, labels(leg, instance, image, node, fleet), environment(leg, instance, image));
    }

    Manifest manifest() {
        return image.manifest();
    }

    /** Only a developer's own Dockerfile does not say the manifest's command already. */
    List<String> entrypoint() {
        return manifest().runtime() == AppRuntime.DOCKERFILE ? manifest().command() : List.of();
    }

    private static Map<String, String> labels(LegId leg, InstanceId instance, Image image, NodeId node, String fleet) {
        Map<String, String> labels = new TreeMap<>();
        labels.put(Labels.FLEET, fleet);
        labels.put(Labels.APP, leg.app().value());
        labels.put(Labels.SERVICE, leg.service().value());
        labels.put(Labels.VERSION, Integer.toString(image.version()));
        labels.put(Labels.INSTANCE, instance.value());
        labels.put(Labels.DEPLOYMENT, leg.token().value());
        labels.put(Labels.NODE, node.value());
        labels.put(Labels.KIND, image.manifest().kind().name().toLowerCase(Locale.ROOT));
        if (image.manifest().port() != null) {
            labels.put(Labels.PORT, Integer.toString(image.manifest().port()));
            labels.put(
                    Labels.HEALTH,
                    JsonMapper.shared().writeValueAsString(image.manifest().health()));
        }
        return labels;
    }

    /** What the platform sets beats what the manifest says. */
    private static List<String> environment(LegId leg, InstanceId instance, Image image) {
        Map<String, String> environment = new TreeMap<>(image.manifest().env());
        environment.put("GANTRY_APP", leg.app().value());
        environment.put("GANTRY_SERVICE", leg.service().value());
        environment.put("GANTRY_INSTANCE", instance.value());
        environment.put("GANTRY_VERSION", Integer.toString(image.version()));
        if (image.manifest().port() != null) {
            environment.put("PORT", Integer.toString(image.manifest().port()));
        }
        return environment.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }
}
