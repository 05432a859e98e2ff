package io.gantry.bundle;

/**
 * One thing that is wrong with a manifest.
 *
 * @param pointer to the field, as in RFC 6901: {@code /health/path}; empty: the whole file
 * @param message a sentence that says what would be right
 */
public record BundleProblem(String pointer, String message) implements Comparable<BundleProblem> {
    @Override
    public int compareTo(BundleProblem other) {
        return pointer.compareTo(other.pointer);
    }
}
