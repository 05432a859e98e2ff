package io.gantry.remote;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of the Docker Engine API. */
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
    /** The newest one that we speak. */
    static final ApiVersion OURS = new ApiVersion(1, 52);

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})");
    private static final Comparator<ApiVersion> ORDER =
            Comparator.comparingInt(ApiVersion::major).thenComparingInt(ApiVersion::minor);

    static ApiVersion parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a version of the Docker Engine API: " + text);
        }
        return new ApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /**
     * The newest version that both sides speak.
     *
     * @param newest that the engine speaks
     * @param oldest that the engine speaks
     * @throws Unreachable if there is none
     */
    static ApiVersion negotiate(ApiVersion newest, ApiVersion oldest, Endpoint engine) {
        ApiVersion common = ORDER.compare(newest, OURS) < 0 ? newest : OURS;
        if (common.compareTo(oldest) < 0) {
            throw new Unreachable(
                    Unreachable.Reason.API_VERSION,
                    "The Docker Engine at %s speaks API %s and newer; Gantry speaks %s and older: update Gantry"
                            .formatted(engine, oldest, OURS),
                    null);
        }
        return common;
    }

    @Override
    public int compareTo(ApiVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
