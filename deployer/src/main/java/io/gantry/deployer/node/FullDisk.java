package io.gantry.deployer.node;

import java.util.regex.Pattern;

/** A disk without space, in an engine's words and in ours. */
public final class FullDisk {
    private static final Pattern WORDS = Pattern.compile("(?i)no space left on device|disk quota exceeded");

    private FullDisk() {}

    /** Whether that is why an engine, or a step of a build, did not do it. */
    public static boolean isWhy(String refusal) {
        return WORDS.matcher(refusal).find();
    }

    /** What is the matter with a machine and what to do, to be put behind its name; at the end what the engine said. */
    public static String sentence(String refusal) {
        return "its disk is full. Free some space there (docker image prune --all), or give it a larger disk (%s)"
                .formatted(refusal.strip());
    }
}
