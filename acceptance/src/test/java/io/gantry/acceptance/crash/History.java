package io.gantry.acceptance.crash;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was asked from outside, and answered with yes.
 *
 * @param wanted how many instances each app is to have now
 */
record History(List<Asked> asked, List<Uploaded> uploads, List<Planned> planned, Map<String, Integer> wanted) {
    /** @param mayEnd the states that it may end in */
    record Asked(String app, String token, Set<String> mayEnd) {}

    record Uploaded(String app, String sha256) {}

    /** A schedule that fires once. */
    record Planned(String app, String id, Instant due) {}

    static History empty() {
        return new History(List.of(), List.of(), List.of(), Map.of());
    }

    /** The part of it that is about one app. */
    History of(String app) {
        return new History(
                asked.stream().filter(each -> each.app().equals(app)).toList(),
                uploads.stream().filter(each -> each.app().equals(app)).toList(),
                planned.stream().filter(each -> each.app().equals(app)).toList(),
                wanted.containsKey(app) ? Map.of(app, wanted.get(app)) : Map.of());
    }
}
