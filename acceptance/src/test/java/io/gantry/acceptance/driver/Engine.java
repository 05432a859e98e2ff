package io.gantry.acceptance.driver;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;
import io.gantry.contract.manifest.Memory;
import io.gantry.remote.Engines;
import io.gantry.remote.Labels;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The Docker Engine of this machine: what is really there, whatever the platform says. */
public final class Engine {
    public static final Engine HERE = new Engine();

    private static final String CACHE = "gantry-cache/";

    private final Engines engines = new Engines(null);

    private Engine() {}

    public DockerClient docker() {
        return engines.of(URI.create("unix:///var/run/docker.sock"), null).docker();
    }

    /** Every container of the app, running or not. */
    public List<Container> containersOf(App app) {
        return containers(Map.of(Labels.APP, app.name()));
    }

    public List<Container> runningContainersOf(App app) {
        return containersOf(app).stream()
                .filter(container -> "running".equals(container.getState()))
                .toList();
    }

    /** As when it crashes. */
    public void kill(Container container) {
        docker().killContainerCmd(container.getId()).exec();
    }

    public Instant startOf(Container container) {
        return Instant.parse(inspect(container).getState().getStartedAt());
    }

    /** So much that no two who want it have room. */
    public Memory moreThanHalfOfItsMemory() {
        return new Memory(docker().infoCmd().exec().getMemTotal() / 10 * 6);
    }

    public InspectContainerResponse inspect(Container container) {
        return docker().inspectContainerCmd(container.getId()).exec();
    }

    /** Images of the app that the engine keeps, without the build cache, which has names of its own. */
    public List<Image> imagesOf(App app) {
        return images(name -> !name.startsWith(CACHE) && name.contains("/" + app.name() + "/"));
    }

    public List<Image> buildCacheOf(App app) {
        return images(name -> name.startsWith(CACHE) && name.contains("/" + app.name() + "/"));
    }

    private List<Image> images(Predicate<String> named) {
        return docker().listImagesCmd().withShowAll(true).exec().stream()
                .filter(image -> names(image).anyMatch(named))
                .toList();
    }

    public List<String> networksOf(App app) {
        return docker().listNetworksCmd().withFilter("label", List.of(Labels.APP + "=" + app.name())).exec().stream()
                .map(com.github.dockerjava.api.model.Network::getName)
                .toList();
    }

    boolean hasImage(String name) {
        try {
            return docker().inspectImageCmd(name).exec() != null;
        } catch (NotFoundException absent) {
            return false;
        }
    }

    /**
     * What a platform that has ended still has on the engine: containers, networks and images of its apps, its stand-ins and
     * their volumes. The engine may be about to remove some of it, as it was asked to before the end.
     */
    public void removeAllOf(String fleet) {
        await("An end of all of " + fleet)
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsInstanceOf(DockerException.class)
                .untilAsserted(() -> removeWhatIsThereOf(fleet));
    }

    private void removeWhatIsThereOf(String fleet) {
        var ofFleet = Map.of(Labels.FLEET, fleet);
        containers(ofFleet).forEach(this::remove);
        docker().listContainersCmd()
                .withShowAll(true)
                .withNameFilter(List.of("gantry-" + fleet))
                .exec()
                .forEach(this::remove);
        docker().listVolumesCmd()
                .withFilter("name", List.of("gantry-" + fleet))
                .exec()
                .getVolumes()
                .forEach(volume -> docker().removeVolumeCmd(volume.getName()).exec());
        docker().listNetworksCmd()
                .withFilter("label", List.of(Labels.FLEET + "=" + fleet))
                .exec()
                .forEach(network -> docker().removeNetworkCmd(network.getId()).exec());
        removeImages(ofFleet);
    }

    /** One that others were built upon can go only after them. */
    private void removeImages(Map<String, String> labels) {
        int before = Integer.MAX_VALUE;
        List<Image> images = docker().listImagesCmd().withLabelFilter(labels).exec();
        while (images.size() < before) {
            before = images.size();
            images.forEach(this::remove);
            images = docker().listImagesCmd().withLabelFilter(labels).exec();
        }
    }

    /** The names of all containers, networks, volumes and images that carry a label, {@code key=value}. */
    List<String> labelled(String label) {
        var docker = docker();
        var carries = List.of(label);
        return Stream.of(
                        docker.listContainersCmd().withShowAll(true).withFilter("label", carries).exec().stream()
                                .map(container -> String.join(",", container.getNames())),
                        docker.listNetworksCmd().withFilter("label", carries).exec().stream()
                                .map(network -> network.getName()),
                        docker.listVolumesCmd().withFilter("label", carries).exec().getVolumes().stream()
                                .map(volume -> volume.getName()),
                        docker.listImagesCmd().withShowAll(true).withFilter("label", carries).exec().stream()
                                .map(Image::getId))
                .flatMap(names -> names)
                .toList();
    }

    private void remove(Image image) {
        try {
            docker().removeImageCmd(image.getId()).withForce(true).exec();
        } catch (NotFoundException | ConflictException goneWithAnotherOrBeneathOne) {
            return;
        }
    }

    /** What a platform began to remove before it ended, the engine goes on to remove. */
    private void remove(Container container) {
        try {
            docker().removeContainerCmd(container.getId())
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException | ConflictException goneOrGoing) {
            return;
        }
    }

    public List<Container> containers(Map<String, String> labels) {
        return docker().listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(labels)
                .exec();
    }

    private static Stream<String> names(Image image) {
        return Stream.of(image.getRepoTags(), image.getRepoDigests())
                .filter(Objects::nonNull)
                .flatMap(Arrays::stream);
    }
}
