package io.gantry.fleet.file;

import io.gantry.schema.Spelling;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What holds where a file says nothing: what the schema can say, and what depends on the provider. */
final class Defaults {
    private static final List<String> LOCAL_MACHINES = List.of("vm-1", "vm-2", "vm-3");
    private static final List<String> BACKING = List.of("containerRegistry", "blobStorage", "database");
    private static final String USUAL_LOCAL_SIZE = "medium";

    private static final Map<String, LocalSize> LOCAL_SIZES = Map.of(
            "small", new LocalSize(1, "2Gi"), "medium", new LocalSize(2, "4Gi"), "large", new LocalSize(4, "8Gi"));

    private record LocalSize(int cpus, String memory) {}

    private final ObjectNode fleet;
    private final boolean local;
    private final boolean azure;
    private final Problems problems;

    private Defaults(ObjectNode fleet, Problems problems) {
        this.fleet = fleet;
        String provider = fleet.path("provider").asString("local");
        this.local = provider.equals("local");
        this.azure = provider.equals("azure");
        this.problems = problems;
    }

    static void fillIn(ObjectNode fleet, Problems problems) {
        Defaults defaults = new Defaults(fleet, problems);
        ArrayNode machines = defaults.machines();
        for (int i = 0; i < machines.size(); i++) {
            if (machines.get(i) instanceof ObjectNode machine) {
                defaults.machine("/machines/" + i, machine);
            }
        }
        defaults.pools();
        defaults.addresses();
        defaults.tokensOverTls();
        defaults.whereInAzure();
        FleetSchema.fillInDefaults(fleet);
        if (defaults.azure) {
            AzureDefaults.complete(fleet);
        }
    }

    /** What says not where in Azure it is has been told. */
    private void whereInAzure() {
        JsonNode where = fleet.path("azure");
        if (where.isObject() && !(where.has("subscription") && where.has("location") && where.has("sshFrom"))) {
            fleet.remove("azure");
        }
    }

    /** What is elsewhere but nowhere has been told; it must not stand in the way of the other checks. */
    private void addresses() {
        BACKING.stream()
                .filter(key -> fleet.path(key).isObject() && !fleet.path(key).has("address"))
                .forEach(fleet::remove);
    }

    /** A database that is told a token is told it over TLS. */
    private void tokensOverTls() {
        if (fleet.get("database") instanceof ObjectNode database && database.has("signIn") && !database.has("tls")) {
            database.put("tls", true);
        }
    }

    private ArrayNode machines() {
        if (fleet.get("machines") instanceof ArrayNode written) {
            return written;
        }
        ArrayNode machines = fleet.putArray("machines");
        if (local) {
            LOCAL_MACHINES.forEach(name -> machines.addObject().put("name", name));
        }
        return machines;
    }

    private void machine(String pointer, ObjectNode machine) {
        if (!machine.has("name")) {
            machine.put("name", "");
        }
        if (!local && !azure && !machine.has("ssh")) {
            machine.putObject("ssh");
        }
        size(pointer, machine);
    }

    private void pools() {
        JsonNode pools = fleet.path("pools");
        for (int i = 0; i < pools.size(); i++) {
            if (pools.get(i) instanceof ObjectNode pool) {
                pool(pool);
                size("/pools/" + i, pool);
            }
        }
    }

    /** What has to be said and was not has been told; it must not stand in the way of the other checks. */
    private static void pool(ObjectNode pool) {
        if (!pool.has("name")) {
            pool.put("name", "");
        }
        if (!pool.has("max")) {
            pool.put("max", Integer.MAX_VALUE);
        }
    }

    private void size(String pointer, ObjectNode machine) {
        if (local && !machine.has("size")) {
            machine.put("size", USUAL_LOCAL_SIZE);
        }
        if (azure) {
            AzureDefaults.size(pointer, machine, problems);
        }
        if (machine.path("size").isString()) {
            sizeByName(pointer + "/size", machine, machine.path("size").asString());
        }
    }

    private void sizeByName(String pointer, ObjectNode machine, String name) {
        machine.remove("size");
        LocalSize size = local ? LOCAL_SIZES.get(name) : null;
        if (size != null) {
            machine.putObject("size").put("cpus", size.cpus()).put("memory", size.memory());
        } else if (!problems.tells("/provider")) {
            problems.add(pointer, noSuchSize(name));
        }
    }

    private String noSuchSize(String name) {
        if (!local) {
            return "A host that you have has no size by name: write cpus: and memory:, or leave the size out";
        }
        return Spelling.closest(name, LOCAL_SIZES.keySet())
                .map(meant -> "There is no size \"%s\"; did you mean \"%s\"?".formatted(name, meant))
                .orElse("There is no size \"%s\": take small, medium or large, or write cpus: and memory:"
                        .formatted(name));
    }
}
