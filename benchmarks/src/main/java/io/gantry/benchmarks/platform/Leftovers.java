package io.gantry.benchmarks.platform;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.Network;
import io.gantry.remote.Labels;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a platform leaves on the engine when it stops, to find it there when it starts again: apps, networks, images, stand-ins
 * and their volumes.
 *
 * @param registry host and port of its container registry, which the names of its images begin with
 */
record Leftovers(DockerClient docker, String fleet, String registry) {
    void remove() {
        Stream.concat(containers(), standIns().filter(this::exists))
                .forEach(container ->
                        docker.removeContainerCmd(container).withForce(true).exec());
        standIns().forEach(this::removeVolume);
        networks().forEach(network -> docker.removeNetworkCmd(network).exec());
        images().forEach(image -> docker.removeImageCmd(image).withForce(true).exec());
    }

    private Stream<String> containers() {
        return docker.listContainersCmd().withShowAll(true).withLabelFilter(Map.of(Labels.FLEET, fleet)).exec().stream()
                .map(Container::getId);
    }

    private Stream<String> standIns() {
        return Stream.of("registry", "azurite").map(name -> "gantry-%s-%s".formatted(fleet, name));
    }

    private boolean exists(String container) {
        return !docker.listContainersCmd()
                .withShowAll(true)
                .withNameFilter(List.of("^/" + container + "$"))
                .exec()
                .isEmpty();
    }

    private void removeVolume(String volume) {
        try {
            docker.removeVolumeCmd(volume).exec();
        } catch (NotFoundException gone) {
            // As wanted.
        }
    }

    private Stream<String> networks() {
        return docker.listNetworksCmd().withFilter("label", List.of(Labels.FLEET + "=" + fleet)).exec().stream()
                .map(Network::getId);
    }

    private Stream<String> images() {
        return docker.listImagesCmd().exec().stream().filter(this::isOurs).map(Image::getId);
    }

    private boolean isOurs(Image image) {
        return Stream.of(image.getRepoTags(), image.getRepoDigests())
                .filter(Objects::nonNull)
                .flatMap(Stream::of)
                .anyMatch(name -> name.startsWith(registry + "/"));
    }
}
