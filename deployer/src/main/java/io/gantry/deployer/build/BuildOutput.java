package io.gantry.deployer.build;

import io.gantry.deployer.node.PlainText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a builder prints, in lines; and what can be learnt from it: the step it is at, the layer that each step made. One
 * thread writes, another one reads.
 */
final class BuildOutput {
    private static final Pattern STEP = Pattern.compile("Step ([0-9]{1,6})/[0-9]{1,6} : .*");
    private static final Pattern LAYER = Pattern.compile(" ---> ([0-9a-f]{12,64})");
    private static final int MOST_LINES = 20_000;

    private final Deque<String> unread = new ArrayDeque<>();
    private final Map<Integer, String> layers = new HashMap<>();
    private final StringBuilder partial = new StringBuilder();
    private int lines;
    private int step;
    private @Nullable String lastLayer;

    synchronized void print(String text) {
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            partial.append(text, from, end);
            endLine();
            from = end + 1;
        }
        partial.append(text, from, text.length());
        if (partial.length() > PlainText.LONGEST) {
            endLine();
        }
    }

    /** @return the complete lines since the last call */
    synchronized List<String> read() {
        List<String> read = new ArrayList<>(unread);
        unread.clear();
        return read;
    }

    synchronized void end() {
        if (!partial.isEmpty()) {
            endLine();
        }
    }

    synchronized int step() {
        return step;
    }

    /** Not of the first step, which is the base image itself. */
    synchronized @Nullable String layerOf(int step) {
        return layers.get(step);
    }

    synchronized @Nullable String lastLayer() {
        return lastLayer;
    }

    private void endLine() {
        String line = PlainText.of(partial.toString());
        partial.setLength(0);
        learn(line);
        lines++;
        if (lines < MOST_LINES) {
            unread.add(line);
        } else if (lines == MOST_LINES) {
            unread.add("... more than " + MOST_LINES + " lines: the rest is left out");
        }
    }

    private void learn(String line) {
        Matcher begun = STEP.matcher(line);
        if (begun.matches()) {
            step = Integer.parseInt(begun.group(1));
        }
        Matcher made = LAYER.matcher(line);
        if (made.matches() && step > 1) {
            lastLayer = made.group(1);
            layers.put(step, made.group(1));
        }
    }
}
