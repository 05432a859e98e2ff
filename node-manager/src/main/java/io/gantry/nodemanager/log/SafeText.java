package io.gantry.nodemanager.log;

import java.util.regex.Pattern;

/** Apps write what they like. Here it loses the power to move a terminal's cursor, to hide text, or to go on for ever. */
final class SafeText {
    static final int LONGEST = 16_384;

    private static final Pattern LINE_END = Pattern.compile("\\r*\\n?\\z");
    private static final String CUT = " ... (cut)";

    /** Colours, cursor movements, window titles: ESC [ ... letter, and ESC ] ... up to its end. */
    private static final Pattern ESCAPE_SEQUENCE =
            Pattern.compile("\\x1b(\\[[0-?]*[ -/]*[@-~]|\\][^\\x07\\x1b]*(\\x07|\\x1b\\\\)?|[ -/]*[0-~])");

    /** Other control characters but the tab, and those that reverse the direction of writing. */
    private static final Pattern CONTROL =
            Pattern.compile("[\\p{Cntrl}\\x80-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069&&[^\\t]]");

    private SafeText() {}

    static String of(String line) {
        String withoutEnd = LINE_END.matcher(line).replaceFirst("");
        String cut = withoutEnd.length() > LONGEST ? cut(withoutEnd) : withoutEnd;
        return CONTROL.matcher(ESCAPE_SEQUENCE.matcher(cut).replaceAll("")).replaceAll("\ufffd");
    }

    /** Never through the middle of a character. */
    private static String cut(String line) {
        int end = Character.isHighSurrogate(line.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return line.substring(0, end) + CUT;
    }
}
