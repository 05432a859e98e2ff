package io.gantry.testkit.azure;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** What Azure adds to what it was sent. */
final class Filling {
    private final Resources resources;

    Filling(Resources resources) {
        this.resources = resources;
    }

    void fill(String id, ObjectNode resource) {
        ObjectNode properties = resource.withObject("/properties");
        switch (Resource.kindOf(id)) {
            case "virtualnetworks" -> parts(id, properties, "subnets");
            case "networksecuritygroups" -> parts(id, properties, "securityRules");
            case "networkinterfaces" -> nic(id, properties);
            case "publicipaddresses" -> {
                if (!properties.has("ipAddress")) {
                    properties.put(
                            "ipAddress",
                            kept(id, "/properties/ipAddress").orElseGet(() -> "20.0.113." + (1 + number())));
                }
            }
            case "userassignedidentities" -> {
                properties.put("principalId", uuid(id + "principal"));
                properties.put("clientId", uuid(id + "client"));
                properties.put("tenantId", uuid("tenant"));
            }
            case "virtualmachines" -> {
                properties.put("vmId", uuid(id));
                kept(id, "/properties/power").ifPresent(power -> properties.put("power", power));
            }
            default -> {}
        }
    }

    private int number() {
        return resources.under("").size();
    }

    private Optional<String> kept(String id, String pointer) {
        return resources.find(id).map(known -> Resource.textAt(known, pointer));
    }

    private static void parts(String id, ObjectNode properties, String kind) {
        properties.path(kind).forEach(part -> {
            if (part instanceof ObjectNode object) {
                object.put(
                        "id", "%s/%s/%s".formatted(id, kind, part.path("name").asString()));
                object.withObject("/properties").put("provisioningState", "Succeeded");
            }
        });
    }

    private void nic(String id, ObjectNode properties) {
        parts(id, properties, "ipConfigurations");
        String address = kept(id, "/properties/ipConfigurations/0/properties/privateIPAddress")
                .orElseGet(() -> "10.42.0." + (4 + number()));
        if (properties.at("/ipConfigurations/0/properties") instanceof ObjectNode first) {
            first.put("privateIPAddress", address);
        }
    }

    private static String uuid(String of) {
        return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
