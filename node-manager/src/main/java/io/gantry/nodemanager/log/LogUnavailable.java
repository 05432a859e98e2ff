package io.gantry.nodemanager.log;

/** An instance's log can't be read. The message is a sentence that says why. */
final class LogUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean forGood;

    /** @param forGood whether it will not be there later either */
    LogUnavailable(String sentence, boolean forGood, Throwable cause) {
        super(sentence, cause);
        this.forGood = forGood;
    }

    boolean isForGood() {
        return forGood;
    }
}
