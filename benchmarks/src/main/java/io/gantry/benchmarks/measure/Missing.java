package io.gantry.benchmarks.measure;

/** Something that a measurement needs is not on this machine; the sentence says what to install. */
public final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    public Missing(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
