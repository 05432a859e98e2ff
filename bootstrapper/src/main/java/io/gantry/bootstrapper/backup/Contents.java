package io.gantry.bootstrapper.backup;

import java.util.List;

/** What is in a backup, all of it seen to be as it was written. */
public record Contents(Manifest manifest, List<Part> parts) {
    public Contents {
        parts = List.copyOf(parts);
    }

    /** The parts whose names begin so. */
    public List<Part> under(String folder) {
        return parts.stream().filter(part -> part.name().startsWith(folder)).toList();
    }
}
