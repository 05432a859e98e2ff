package io.gantry.testkit.azure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What may be had: sizes of machines, and how much of each kind. */
final class Offers {
    private final List<ObjectNode> skus = new ArrayList<>();
    private final Map<String, long[]> usages = new HashMap<>();

    void offer(String size, String location, List<String> zones, boolean restricted) {
        ObjectNode sku =
                Resource.object().put("resourceType", "virtualMachines").put("name", size);
        sku.putArray("locations").add(location);
        ObjectNode info = sku.putArray("locationInfo").addObject().put("location", location);
        ArrayNode zoneList = info.putArray("zones");
        zones.forEach(zoneList::add);
        ArrayNode restrictions = sku.putArray("restrictions");
        if (restricted) {
            ObjectNode restriction = restrictions.addObject().put("type", "Location");
            restriction.putArray("values").add(location);
            restriction.put("reasonCode", "NotAvailableForSubscription");
        }
        skus.add(sku);
    }

    void quota(String name, long used, long limit) {
        usages.put(name, new long[] {used, limit});
    }

    Told skus() {
        return Told.values(skus);
    }

    Told usages(boolean network) {
        return Told.values(usages.entrySet().stream()
                .filter(usage -> usage.getKey().endsWith("IPAddresses") == network)
                .map(usage -> {
                    ObjectNode line = Resource.object()
                            .put("unit", "Count")
                            .put("currentValue", usage.getValue()[0])
                            .put("limit", usage.getValue()[1]);
                    line.putObject("name").put("value", usage.getKey()).put("localizedValue", usage.getKey());
                    return line;
                })
                .toList());
    }
}
