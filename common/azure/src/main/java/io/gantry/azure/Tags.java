package io.gantry.azure;

import io.gantry.contract.manifest.Memory;
import io.gantry.machines.MachineSize;
import io.gantry.machines.WantedMachine;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What our things in Azure are known by. What does not carry them is somebody else's, and is not touched. */
final class Tags {
    private static final String MANAGED_BY = "managed-by";
    private static final String GANTRY = "gantry";
    private static final String FLEET = "fleet";
    private static final String MACHINE = "machine";
    private static final String ROLE = "role";
    private static final String OWNER = "owner";
    private static final String CPUS = "cpus";
    private static final String MEMORY = "memory";
    private static final String SIZE_BEFORE = "size-before";
    private static final String LABEL = "label.";

    private final AzureSettings settings;

    Tags(AzureSettings settings) {
        this.settings = settings;
    }

    /** Of what all machines have in common. */
    Map<String, String> shared() {
        Map<String, String> tags = new TreeMap<>(Map.of(MANAGED_BY, GANTRY, FLEET, settings.fleet()));
        String owner = settings.where().owner();
        if (owner != null) {
            tags.put(OWNER, owner);
        }
        return tags;
    }

    Map<String, String> of(WantedMachine wanted) {
        Map<String, String> tags = shared();
        tags.put(MACHINE, wanted.name());
        tags.put(ROLE, AzureSettings.word(settings.vm(wanted).role()));
        tags.put(CPUS, Double.toString(wanted.size().cpus()));
        tags.put(MEMORY, wanted.size().memory().toString());
        wanted.labels().forEach((label, value) -> tags.put(LABEL + label.replace('/', ':'), value));
        return tags;
    }

    boolean areOurs(@Nullable Map<String, String> tags) {
        return GANTRY.equals(in(tags, MANAGED_BY)) && settings.fleet().equals(in(tags, FLEET));
    }

    static String machineIn(@Nullable Map<String, String> tags) {
        return in(tags, MACHINE);
    }

    static MachineSize sizeIn(@Nullable Map<String, String> tags) {
        String cpus = in(tags, CPUS);
        String memory = in(tags, MEMORY);
        return new MachineSize(
                cpus.isEmpty() ? 1 : Double.parseDouble(cpus), Memory.parse(memory.isEmpty() ? "1Gi" : memory));
    }

    /** As long as it is not certain that it is another. */
    static Optional<String> sizeBeforeIn(@Nullable Map<String, String> tags) {
        return Optional.of(in(tags, SIZE_BEFORE)).filter(size -> !size.isEmpty());
    }

    static Map<String, String> withSizeBefore(Map<String, String> tags, String size) {
        Map<String, String> more = new TreeMap<>(tags);
        more.put(SIZE_BEFORE, size);
        return more;
    }

    /** Not left out: what an update does not name might stay. */
    static Map<String, String> withoutSizeBefore(Map<String, String> tags) {
        return withSizeBefore(tags, "");
    }

    /** Those that were asked for: no label has a colon, no tag a slash. */
    static Map<String, String> labelsIn(@Nullable Map<String, String> tags) {
        Map<String, String> labels = new HashMap<>();
        if (tags != null) {
            tags.forEach((tag, value) -> {
                if (tag.startsWith(LABEL)) {
                    labels.put(tag.substring(LABEL.length()).replace(':', '/'), value);
                }
            });
        }
        return labels;
    }

    private static String in(@Nullable Map<String, String> tags, String tag) {
        return tags == null ? "" : Objects.requireNonNullElse(tags.get(tag), "");
    }
}
