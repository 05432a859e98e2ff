package io.gantry.fleet.file;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonPointer;

/** What is wrong with a file so far: one problem a field, the first that was found. */
final class Problems {
    private final String file;
    private final Map<JsonPointer, Place> places = new HashMap<>();
    private final Map<String, FleetProblem> found = new TreeMap<>();

    Problems(String file) {
        this.file = file;
    }

    /** What has a key stands where its key does. */
    void stands(JsonPointer at, Place place) {
        places.putIfAbsent(at, place);
    }

    void add(JsonPointer at, String message) {
        add(place(at), at, message);
    }

    void add(String pointer, String message) {
        add(JsonPointer.compile(pointer), message);
    }

    void add(Place place, JsonPointer at, String message) {
        found.putIfAbsent(at.toString(), new FleetProblem(place.line(), place.column(), at.toString(), message));
    }

    boolean tells(String pointer) {
        return found.containsKey(pointer);
    }

    /** @throws FleetRefused if anything is wrong */
    void refuse() {
        if (!found.isEmpty()) {
            throw refused();
        }
    }

    FleetRefused refused() {
        return new FleetRefused(file, found.values().stream().sorted().toList());
    }

    /** @return of what is not there, where it is missing */
    private Place place(JsonPointer at) {
        JsonPointer here = at;
        while (!places.containsKey(here) && !here.matches()) {
            here = here.head();
        }
        return places.getOrDefault(here, Place.START);
    }
}
