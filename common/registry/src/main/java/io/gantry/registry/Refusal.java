package io.gantry.registry;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How an engine says that a container registry does not let it in. */
public final class Refusal {
    private static final Pattern WORDS = Pattern.compile("(?is).*\\b(denied|unauthorized|forbidden)\\b.*");

    private Refusal() {}

    /** Whether that is why; some registries say the same of what they have not got. */
    public static boolean isWhy(@Nullable String reason) {
        return reason != null && WORDS.matcher(reason).matches();
    }
}
