package io.gantry.acceptance.crash;

import com.github.dockerjava.api.model.ContainerPort;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.Network;
import io.gantry.acceptance.driver.Engine;
import io.gantry.acceptance.driver.Rest;
import io.gantry.remote.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Looks at a platform from outside. */
final class Observation {
    private final CrashingPlatform platform;
    private final Blobs blobs;

    Observation(CrashingPlatform platform) {
        this.platform = platform;
        this.blobs = new Blobs(platform.storage(), platform.name());
    }

    World world() throws IOException, SQLException {
        try (Tables tables = new Tables(platform.databaseUrl())) {
            List<World.Container> containers = containers();
            List<World.Recorded> images = tables.images();
            List<World.Version> versions = tables.versions();
            return new World(
                    containers,
                    rows(),
                    tables.deployments(),
                    tables.requests(),
                    tables.replies(),
                    images,
                    tables.ports(),
                    tables.reservations(),
                    versions,
                    stored(versions),
                    tables.runs(),
                    tables.unsettled(),
                    ownerless(tables.apps(), tables.grants(), images, containers),
                    tables.steps());
        }
    }

    private List<String> stored(List<World.Version> versions) {
        return versions.stream()
                .map(World.Version::sha256)
                .distinct()
                .filter(blobs::has)
                .toList();
    }

    private List<World.Container> containers() {
        return Engine.HERE.containers(Map.of(Labels.FLEET, platform.name())).stream()
                .map(Observation::container)
                .toList();
    }

    private static World.Container container(com.github.dockerjava.api.model.Container seen) {
        Map<String, String> labels = seen.getLabels();
        return new World.Container(
                seen.getNames()[0].substring(1),
                labels.get(Labels.APP),
                labels.get(Labels.SERVICE),
                Integer.parseInt(labels.get(Labels.VERSION)),
                labels.get(Labels.INSTANCE),
                labels.get(Labels.NODE),
                // The list shows another name once this one was taken from the image.
                Engine.HERE.inspect(seen).getConfig().getImage(),
                Arrays.stream(seen.getPorts())
                        .map(ContainerPort::getPublicPort)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                "running".equals(seen.getState()));
    }

    private List<World.Row> rows() {
        JsonNode listed =
                Rest.get(platform.at(4, "/api/v1/instances")).expect(200).json();
        return listed.path("instances").values().stream()
                .map(row -> new World.Row(
                        row.path("id").asString(),
                        row.path("app").asString(),
                        row.path("state").asString()))
                .toList();
    }

    private List<String> ownerless(
            Set<String> apps, Set<String> grants, List<World.Recorded> images, List<World.Container> containers)
            throws IOException {
        Set<String> running = containers.stream().map(World.Container::app).collect(Collectors.toSet());
        Set<String> recorded = images.stream().map(World.Recorded::reference).collect(Collectors.toSet());
        return Stream.of(networksWithout(running), imagesWithout(apps, recorded), uploadsWithout(grants), files())
                .flatMap(found -> found)
                .toList();
    }

    private Stream<String> networksWithout(Set<String> apps) {
        return Engine.HERE
                .docker()
                .listNetworksCmd()
                .withFilter("label", List.of(Labels.FLEET + "=" + platform.name()))
                .exec()
                .stream()
                .filter(network -> !apps.contains(network.getLabels().get(Labels.APP)))
                .map(Network::getName)
                .map(name -> "network " + name);
    }

    /**
     * An image belongs to an app that is there: as what was recorded, or as what the next build starts from. What has no name at all
     * is what a build has left that was killed; it is pruned within the hour.
     */
    private Stream<String> imagesWithout(Set<String> apps, Set<String> recorded) {
        return Engine.HERE
                .docker()
                .listImagesCmd()
                .withLabelFilter(Map.of(Labels.FLEET, platform.name()))
                .exec()
                .stream()
                .filter(image -> names(image).findAny().isPresent())
                .filter(image -> names(image)
                        .noneMatch(name -> recorded.contains(name)
                                || apps.stream().anyMatch(app -> name.startsWith(cacheOf(app)))))
                .map(image ->
                        "image %s %s".formatted(image.getId(), names(image).toList()));
    }

    private String cacheOf(String app) {
        return "gantry-cache/%s/%s/".formatted(platform.name(), app);
    }

    private static Stream<String> names(Image image) {
        return Stream.of(image.getRepoTags(), image.getRepoDigests())
                .filter(Objects::nonNull)
                .flatMap(Arrays::stream)
                .filter(name -> !name.startsWith("<none>"));
    }

    private Stream<String> uploadsWithout(Set<String> grants) {
        return blobs.landed().stream()
                .filter(upload -> !grants.contains(upload))
                .map(upload -> "upload " + upload);
    }

    /** Folders of bundles are kept by the processes that live; what lies in them is of a request under way. */
    private Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(platform.temporaryFiles())) {
            return files
                    .filter(file -> file.toString().contains("/gantry-") && Files.isRegularFile(file))
                    .map(Path::toString)
                    .filter(file -> !file.endsWith(".lock"))
                    .toList()
                    .stream()
                    .map(file -> "file " + file);
        }
    }
}
