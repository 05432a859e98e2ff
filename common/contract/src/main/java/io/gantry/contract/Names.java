package io.gantry.contract;

import java.util.regex.Pattern;

/**
 * The grammar of every name that users choose. It is narrow on purpose: a name that fits can stand in a host name, a
 * container name, an image repository, a path and a label without quoting.
 */
public final class Names {
    /** One DNS label in lower case: 1 to 63 letters, digits and hyphens, no hyphen at either end. */
    public static final String GRAMMAR = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    private static final Pattern NAME = Pattern.compile(GRAMMAR);
    private static final int SHOWN = 40;

    private Names() {}

    public static boolean isValid(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * @param what the kind of name, for the message: "app", "service"
     * @return the name itself
     * @throws IllegalArgumentException with a sentence that says what a name may be
     */
    static String require(String what, String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException(problem(what, name));
        }
        return name;
    }

    /** The sentence for a name that does not fit; control characters are not repeated to whoever reads it. */
    public static String problem(String what, String name) {
        String shown = name.replaceAll("\\p{Cntrl}", "?");
        String cut = shown.length() > SHOWN ? shown.substring(0, SHOWN) + "..." : shown;
        return "\"%s\" is no %s name: use 1 to 63 lower-case letters, digits and hyphens, beginning and ending with a letter or digit"
                .formatted(cut, what);
    }
}
