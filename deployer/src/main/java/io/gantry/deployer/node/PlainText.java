package io.gantry.deployer.node;

import java.util.regex.Pattern;

/** A line that a foreign program printed, harmless to show: no colours, no control characters, not too long. */
public final class PlainText {
    public static final int LONGEST = 2_000;

    private static final Pattern NOT_PLAIN = Pattern.compile("\\x1b\\[[0-9;?]*[ -/]*[@-~]|[\\p{Cntrl}&&[^\\t]]");

    private PlainText() {}

    public static String of(String line) {
        String plain = NOT_PLAIN.matcher(line).replaceAll("");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + " ..." : plain;
    }
}
