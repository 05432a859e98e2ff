package io.gantry.bundle.manifest;

import java.util.List;
import java.util.regex.Pattern;

/** A command given as one text is what a developer would type: a shell reads it. */
final class ShellForm {
    /** One program and its words: no list, pipe, group or assignment, and nothing that only the shell itself can do. */
    private static final Pattern ONE_PROGRAM = Pattern.compile(
            "(?!(?:exec|exit|cd|eval|set|trap|wait|if|for|while|until|case)\\b)[\\w./-]+(?:[ \\t][^;&|(){}`\\n\\r]*)?");

    private ShellForm() {}

    /**
     * The shell gives its place to the one program it starts, so that the signal to stop reaches the program. Where there is
     * more to do than to start one program, the shell stays.
     */
    static List<String> words(String text) {
        String stripped = text.strip();
        String script = ONE_PROGRAM.matcher(stripped).matches() ? "exec " + stripped : stripped;
        return List.of("/bin/sh", "-c", script);
    }
}
