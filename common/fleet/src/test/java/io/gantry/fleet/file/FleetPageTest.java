package io.gantry.fleet.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps docs/fleet.md what the schema says. To write it anew: {@code ./mvnw -pl common/fleet -am test -Drender=true
 * -Dtest=FleetPageTest -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class FleetPageTest {
    private static final Path PAGE = Path.of("../../docs/fleet.md");

    private final JsonNode schema = JsonMapper.shared().readTree(FleetSchema.text());

    @Test
    void the_page_of_the_fleet_is_what_the_schema_says() throws IOException {
        if (Boolean.getBoolean("render")) {
            Files.writeString(PAGE, render());
        }
        assertThat(PAGE).as("rendered from fleet.schema.json").hasContent(render());
    }

    private String render() throws IOException {
        return """
                # The fleet: fleet.yaml

                Rendered from [a JSON Schema](../common/fleet/src/main/resources/io/gantry/fleet/file/fleet.schema.json), the platform's table of its services and the
                examples by a test; edit those, not this page.

                A `fleet.yaml` says what a fleet is to be. Everything has a default: without a file there is a local fleet of three machines. A file that is wrong is refused
                as a whole, with the line, column and field of everything that is wrong with it. Keys that begin with `x-` are yours.

                It is YAML as far as JSON goes, in UTF-8, at most 256 KiB: no tags, anchors, aliases or second document, and no key twice. No credential
                stands in it; where one is needed, it names a file on the computer where it is read. Keep such a file readable by you alone (0600).

                ## All keys

                | key | default | is |
                |---|---|---|
                %s

                ## Roles

                A machine runs platform services (`control`), apps (`worker`), or `both`. `both` is the default: small fleets waste no machine, and when one is lost, the
                platform's services find others to go on. Where apps must never slow the platform down, give it machines of its own.

                ## Pools

                The machines under `machines` are always there. Those of a pool are there only while they are needed ([how it is decided](decisions/94-capacity-on-demand.md)): when apps
                have waited for room for `scaleUpAfter`, and a machine of the pool would help them, one is added; when nothing has run on one for `idleFor`, it is drained and
                removed. One at a time in the whole fleet, never more than `max` or fewer than `min`, and not within `coolDown` of the pool's last change. Of several pools that would
                help, the first is taken. An app that is to run in a pool, and nowhere else, asks for the label `gantry/pool`.

                ## Platform services

                Every fleet has all of them; `services` says only what is to be other than here. One replica runs on a machine, because each listens on its port there.
                What a service needs is ready before it is started; `needs` adds to that. `postgres`, `blob-storage` and `container-registry` are there where
                `database`, `blobStorage` and `containerRegistry` are `provided`.

                **Several fleets may use one container registry and one storage account** elsewhere: images lie there as `FLEET/APP/SERVICE`, bundles in the container
                `gantry-FLEET-bundles`, and no fleet removes another's ([why](decisions/115-what-fleets-share.md)). A database is one fleet's alone: give each one of its own on the server.

                | service | port | replicas | memory | keeps data | needs |
                |---|--:|--:|--:|---|---|
                %s

                The `lifecycle-manager` has two replicas where there are two machines for it. What keeps data has one, on the first machine that runs platform services.

                ## Providers

                ### local: containers on this computer

                ```yaml
                %s```

                ### static: hosts that you have

                ```yaml
                %s```

                ### azure: virtual machines of Azure

                From an empty subscription to a running app: [azure.md](azure.md).

                ```yaml
                %s```
                """.formatted(
                        keys("", schema),
                        services(),
                        example("fleet-local.yaml"),
                        example("fleet-static.yaml"),
                        example("fleet-azure.yaml"));
    }

    private static String keys(String prefix, JsonNode schema) {
        return schema.path("properties")
                .propertyStream()
                .flatMap(property -> {
                    String key = prefix + property.getKey();
                    JsonNode below = property.getValue();
                    return Stream.of(
                            "| `%s` | %s | %s |"
                                    .formatted(
                                            key,
                                            standard(schema, property.getKey()),
                                            below.path("description").asString()),
                            keys(key + ".", below),
                            keys(key + "[].", below.path("items")));
                })
                .filter(rows -> !rows.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static String standard(JsonNode parent, String key) {
        JsonNode value = parent.path("properties").path(key).path("default");
        if (parent.path("required")
                .valueStream()
                .anyMatch(name -> name.asString().equals(key))) {
            return "has to be said";
        }
        return value.isMissingNode() ? "" : "`%s`".formatted(value.isString() ? value.asString() : value.toString());
    }

    private static String services() {
        return StandardService.ALL.stream()
                .map(service -> "| `%s` | %d | %d | %s | %s | %s |"
                        .formatted(
                                service.name(),
                                service.port(),
                                service.replicas(),
                                service.memory(),
                                service.keepsData() ? "yes" : "",
                                words(service.needs())))
                .collect(Collectors.joining("\n"));
    }

    private static String words(List<String> words) {
        return words.stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
    }

    private static String example(String name) throws IOException {
        return Files.readString(FleetFileTest.EXAMPLES.resolve(name));
    }
}
