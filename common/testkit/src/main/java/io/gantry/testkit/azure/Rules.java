package io.gantry.testkit.azure;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What Azure refuses at once: what names something that is not there, or is another's, or can't be changed. */
final class Rules {
    private Rules() {}

    static Optional<Told> refusal(Resources resources, String id, JsonNode body) {
        if (body.path("location").asString("").isEmpty()) {
            return Optional.of(
                    Told.error(400, "LocationRequired", "The location property is required for this definition."));
        }
        Optional<Told> missing = named(body).stream()
                .filter(named -> !isThere(resources, named))
                .findFirst()
                .map(named -> Told.error(
                        400,
                        "InvalidResourceReference",
                        "Resource %s referenced by resource %s was not found.".formatted(named, id)));
        return missing.isPresent() ? missing : machine(resources, id, body);
    }

    /** Ids of other resources, wherever they stand. */
    private static List<String> named(JsonNode node) {
        Stream<String> here = node.propertyStream().flatMap(property -> {
            JsonNode value = property.getValue();
            if (property.getKey().equals("id") && value.isString()) {
                return Stream.of(value.asString());
            }
            if (property.getKey().equals("userAssignedIdentities")) {
                return value.propertyStream().map(identity -> identity.getKey());
            }
            return named(value).stream();
        });
        return Stream.concat(
                        here,
                        node.isArray() ? node.valueStream().flatMap(item -> named(item).stream()) : Stream.empty())
                .toList();
    }

    private static boolean isThere(Resources resources, String id) {
        int subnet = id.indexOf("/subnets/");
        return resources.find(subnet < 0 ? id : id.substring(0, subnet)).isPresent();
    }

    private static Optional<Told> machine(Resources resources, String id, JsonNode body) {
        if (!Resource.kindOf(id).equals("virtualmachines")) {
            return Optional.empty();
        }
        if (!body.at("/properties/osProfile/linuxConfiguration/disablePasswordAuthentication")
                        .asBoolean(false)
                && Resource.textAt(body, "/properties/osProfile/adminPassword") == null) {
            return Optional.of(Told.error(
                    400,
                    "InvalidParameter",
                    "Authentication using either SSH or by user name and password must be enabled in Linux profile."));
        }
        Optional<ObjectNode> there = resources.find(id);
        boolean otherData = there.filter(known -> !Objects.equals(
                        Resource.textAt(known, "/properties/osProfile/customData"),
                        Resource.textAt(body, "/properties/osProfile/customData")))
                .isPresent();
        return otherData
                ? Optional.of(Told.error(
                        409, "PropertyChangeNotAllowed", "Changing property 'osProfile.customData' is not allowed."))
                : Optional.empty();
    }
}
