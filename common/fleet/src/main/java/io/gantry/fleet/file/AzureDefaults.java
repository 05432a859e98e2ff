package io.gantry.fleet.file;

import io.gantry.contract.manifest.Memory;
import io.gantry.fleet.AzureSize;
import io.gantry.schema.Spelling;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What holds for a fleet in Azure where its file says nothing. */
final class AzureDefaults {
    private static final String USUAL_SIZE = "Standard_D2as_v5";

    private AzureDefaults() {}

    /** A size by Azure's name becomes what it has. */
    static void size(String pointer, ObjectNode machine, Problems problems) {
        ObjectNode azure = machine.get("azure") instanceof ObjectNode written ? written : machine.putObject("azure");
        if (machine.path("size").isString()) {
            String name = machine.path("size").asString();
            machine.remove("size");
            if (AzureSize.named(name).isEmpty()) {
                problems.add(pointer + "/size", noSuchSize(name));
            } else {
                azure.put("size", name);
            }
        }
        if (!machine.has("size")) {
            String name = azure.path("size").asString(USUAL_SIZE);
            azure.put("size", name);
            AzureSize.named(name)
                    .ifPresentOrElse(
                            known -> machine.putObject("size")
                                    .put("cpus", known.cpus())
                                    .put("memory", known.memory().toString()),
                            () -> problems.add(pointer + "/azure/size", unknownSize(name)));
        }
    }

    private static String noSuchSize(String name) {
        return Spelling.closest(
                        name, AzureSize.all().stream().map(AzureSize::name).collect(Collectors.toSet()))
                .map(meant -> "Gantry knows no size \"%s\"; did you mean \"%s\"?".formatted(name, meant))
                .orElseGet(() -> unknownSize(name));
    }

    private static String unknownSize(String name) {
        return "Gantry does not know what the size \"%s\" has: write azure: {size: %s}, and what it has under size:"
                .formatted(name, name);
    }

    /** Once all else is known. */
    static void complete(ObjectNode fleet) {
        if (fleet.get("azure") instanceof ObjectNode azure && !azure.has("resourceGroup")) {
            azure.put("resourceGroup", "gantry-" + fleet.path("name").asString());
        }
        fleet.path("machines").forEach(AzureDefaults::sizeThatFits);
        fleet.path("pools").forEach(AzureDefaults::sizeThatFits);
    }

    private static void sizeThatFits(JsonNode machine) {
        if (machine.get("azure") instanceof ObjectNode azure && !azure.has("size")) {
            fitting(
                            machine.path("size").path("cpus").asDouble(),
                            machine.path("size").path("memory").asString())
                    .ifPresent(size -> azure.put("size", size.name()));
        }
    }

    private static Optional<AzureSize> fitting(double cpus, String memory) {
        return AzureSize.fitting(cpus, Memory.parse(memory));
    }
}
