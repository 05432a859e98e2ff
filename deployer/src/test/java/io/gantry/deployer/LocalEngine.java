package io.gantry.deployer;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.Image;
import io.gantry.contract.InstanceId;
import io.gantry.contract.ServiceName;
import io.gantry.deployer.app.OwnApp;
import io.gantry.deployer.node.FleetSettings;
import io.gantry.remote.Engines;
import io.gantry.remote.Labels;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.test.context.event.annotation.AfterTestMethod;

/** What this machine's engine holds of the own app. After each test, it holds nothing of it. */
@TestComponent
class LocalEngine {
    private final DockerClient docker;
    private final OwnApp app;
    private final LocalRegistry registry;
    private final String fleet;

    LocalEngine(Engines engines, OwnApp app, LocalRegistry registry, FleetSettings fleet) {
        this.docker =
                engines.of(URI.create("unix:///var/run/docker.sock"), null).docker();
        this.app = app;
        this.registry = registry;
        this.fleet = fleet.fleet();
    }

    List<Container> containers() {
        return docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(Labels.APP, app.name().value(), Labels.FLEET, fleet))
                .exec();
    }

    InspectContainerResponse container(InstanceId instance) {
        return docker.inspectContainerCmd(instance.value()).exec();
    }

    /** Which signals are sent to it from now on, and when. */
    Signals signalsTo(InstanceId instance) throws InterruptedException {
        Signals signals = docker.eventsCmd()
                .withContainerFilter(instance.value())
                .withEventFilter("kill")
                .exec(new Signals());
        signals.awaitStarted();
        return signals;
    }

    static final class Signals extends ResultCallback.Adapter<Event> {
        private final Map<String, Instant> sent = new ConcurrentHashMap<>();

        @Override
        public void onNext(Event event) {
            String signal = event.getActor().getAttributes().get("signal");
            sent.put(signal, Instant.EPOCH.plusNanos(event.getTimeNano()));
        }

        /** By their numbers. */
        Map<String, Instant> sent() {
            return Map.copyOf(sent);
        }
    }

    void kill(InstanceId instance) {
        docker.killContainerCmd(instance.value()).exec();
    }

    void remove(InstanceId instance) {
        docker.removeContainerCmd(instance.value()).withForce(true).exec();
    }

    /** Containers of whatever fleet, or of none, as build steps are. */
    long runningWithCommand(String part) {
        return docker.listContainersCmd().exec().stream()
                .filter(container -> container.getCommand().contains(part))
                .count();
    }

    List<String> networks() {
        return docker
                .listNetworksCmd()
                .withFilter("label", List.of(Labels.FLEET + "=" + fleet, Labels.APP + "=" + app))
                .exec()
                .stream()
                .map(network -> network.getId())
                .toList();
    }

    /** What is kept for the next build. */
    List<Image> caches() {
        return imagesOf(cachePrefix());
    }

    /** What is run, or was pushed. */
    List<Image> images() {
        return imagesOf(imagePrefix());
    }

    /** Gives an image one more name. */
    void tag(String image, String name, String tag) {
        docker.tagImageCmd(image, name, tag).exec();
    }

    boolean has(String image) {
        try {
            docker.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException gone) {
            return false;
        }
    }

    /** As the cache was named before it was told apart by fleet. */
    String formerCache(ServiceName service) {
        return "gantry-cache/%s/%s".formatted(app, service);
    }

    /** Of an app of the same name of another platform. */
    String cacheOfAnother(ServiceName service) {
        return "gantry-cache/another/%s/%s".formatted(app, service);
    }

    private String cachePrefix() {
        return "gantry-cache/%s/%s".formatted(fleet, app);
    }

    private String imagePrefix() {
        return "%s/%s/%s".formatted(registry.address(), fleet, app);
    }

    /** By name, tagged or not. */
    private List<Image> imagesOf(String prefix) {
        return docker.listImagesCmd().exec().stream()
                .filter(image -> names(image).anyMatch(name -> name.startsWith(prefix)))
                .toList();
    }

    private static Stream<String> names(Image image) {
        return Stream.of(image.getRepoTags(), image.getRepoDigests())
                .filter(Objects::nonNull)
                .flatMap(Arrays::stream);
    }

    /** An engine that is still at it, or has not let go yet of what was in a network, refuses: it is asked again. */
    @AfterTestMethod
    void removeWhatIsLeft() {
        await("The end of all that is left of " + app)
                .ignoreExceptionsInstanceOf(DockerException.class)
                .until(this::isAllRemoved);
    }

    private boolean isAllRemoved() {
        containers()
                .forEach(container -> docker.removeContainerCmd(container.getId())
                        .withForce(true)
                        .exec());
        Stream.of(cachePrefix(), "gantry-cache/" + app, "gantry-cache/another/" + app, imagePrefix())
                .forEach(this::removeImages);
        networks().forEach(id -> docker.removeNetworkCmd(id).exec());
        return containers().isEmpty()
                && caches().isEmpty()
                && images().isEmpty()
                && networks().isEmpty();
    }

    private void removeImages(String prefix) {
        imagesOf(prefix).stream()
                .flatMap(LocalEngine::names)
                .filter(name -> name.startsWith(prefix))
                .forEach(this::removeImage);
    }

    /** With its last tag, an image's digests may be gone already. */
    private void removeImage(String name) {
        try {
            docker.removeImageCmd(name).withForce(true).exec();
        } catch (NotFoundException gone) {
            return;
        }
    }
}
