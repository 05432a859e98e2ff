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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
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
    private static final List<String> OUTBOXES = List.of("scheduler", "deployer", "load_balancer", "node_manager");

    private final CrashingPlatform platform;
    private final Blobs blobs;

    Observation(CrashingPlatform platform) {
        this.platform = platform;
        this.blobs = new Blobs(platform.storage());
    }

    World world() throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection(platform.databaseUrl(), "gantry", "gantry");
                Statement sql = connection.createStatement()) {
            List<World.Container> containers = containers();
            List<World.Version> versions = query(
                    sql,
                    "select app, version, sha256 from scheduler.version",
                    row -> new World.Version(row.getString(1), row.getInt(2), row.getString(3)));
            return new World(
                    containers,
                    rows(),
                    query(
                            sql,
                            "select token, app, mode, state from scheduler.deployment",
                            row -> new World.Deployment(
                                    row.getString(1), row.getString(2), row.getString(3), row.getString(4))),
                    query(
                            sql,
                            "select token, app, outcome from deployer.request",
                            row -> new World.Request(row.getString(1), row.getString(2), row.getString(3))),
                    replies(sql),
                    query(
                            sql,
                            "select app, service, version, reference from deployer.image",
                            row -> new World.Recorded(
                                    row.getString(1), row.getString(2), row.getInt(3), row.getString(4))),
                    query(
                            sql,
                            "select node, port, instance from deployer.host_port",
                            row -> new World.PortHeld(row.getString(1), row.getInt(2), row.getString(3))),
                    query(
                            sql,
                            "select instance, app, node, state from load_balancer.reservation"
                                    + " where state in ('RESERVED', 'IN_USE')",
                            row -> new World.Reserved(
                                    row.getString(1), row.getString(2), row.getString(3), row.getString(4))),
                    versions,
                    versions.stream()
                            .map(World.Version::sha256)
                            .distinct()
                            .filter(blobs::has)
                            .toList(),
                    query(
                            sql,
                            "select app, schedule, due_at, deployment from scheduler.schedule_run"
                                    + " join scheduler.schedule on id = schedule",
                            row -> new World.Run(
                                    row.getString(1), row.getString(2), instant(row, 3), row.getString(4))),
                    unsettled(sql),
                    ownerless(sql, containers));
        }
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

    private static List<World.Reply> replies(Statement sql) throws SQLException {
        return query(sql, """
                select said ->> 'token', said ->> 'app', said ->> 'outcome'
                from (select convert_from(payload, 'UTF8')::jsonb as said from deployer.outbox
                      where topic = 'deployer.events') as events
                where said ->> 'type' = 'finished'""", row -> new World.Reply(row.getString(1), row.getString(2), row.getString(3)));
    }

    private static List<World.Unsettled> unsettled(Statement sql) throws SQLException {
        List<World.Unsettled> unsettled = new ArrayList<>();
        for (String service : OUTBOXES) {
            unsettled.addAll(query(
                    sql,
                    "select topic, key from %s.outbox where sent_at is null".formatted(service),
                    row -> new World.Unsettled(
                            null, "%s has not sent what it has for %s".formatted(service, row.getString(1)))));
        }
        for (String table : List.of("work", "build_work")) {
            unsettled.addAll(query(
                    sql,
                    "select task_instance from deployer.%s where task_name = 'work'".formatted(table),
                    row -> new World.Unsettled(appOf(row.getString(1)), row.getString(1) + " is still to be done")));
        }
        unsettled.addAll(query(
                sql,
                "select instance from load_balancer.waiting",
                row -> new World.Unsettled(null, row.getString(1) + " still waits for a node")));
        return unsettled;
    }

    private static String appOf(String assignment) {
        return assignment.substring(0, assignment.indexOf('/'));
    }

    private List<String> ownerless(Statement sql, List<World.Container> containers) throws IOException, SQLException {
        Set<String> apps = Set.copyOf(query(sql, "select name from scheduler.app", row -> row.getString(1)));
        Set<String> running = containers.stream().map(World.Container::app).collect(Collectors.toSet());
        Set<String> recorded = Set.copyOf(query(sql, "select reference from deployer.image", row -> row.getString(1)));
        return Stream.of(networksWithout(running), imagesWithout(apps, recorded), files())
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
                .map(Network::getName)
                .filter(name -> apps.stream().noneMatch(app -> name.equals("gantry-" + app)))
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
                                || apps.stream().anyMatch(app -> name.startsWith("gantry-cache/" + app + "/"))))
                .map(image ->
                        "image %s %s".formatted(image.getId(), names(image).toList()));
    }

    private static Stream<String> names(Image image) {
        return Stream.of(image.getRepoTags(), image.getRepoDigests())
                .filter(Objects::nonNull)
                .flatMap(Arrays::stream)
                .filter(name -> !name.startsWith("<none>"));
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

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private static <T> List<T> query(Statement sql, String query, Reading<T> reading) throws SQLException {
        List<T> all = new ArrayList<>();
        try (ResultSet rows = sql.executeQuery(query)) {
            while (rows.next()) {
                all.add(reading.of(rows));
            }
        }
        return all;
    }
}
