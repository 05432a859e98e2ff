package io.gantry.bootstrapper.session;

/** Asks before something is done that can't be undone. */
public final class Consent {
    private final Session session;

    public Consent(Session session) {
        this.session = session;
    }

    /**
     * Goes on only if the name is typed.
     *
     * @param what a sentence: "This removes all"
     * @param inAdvance the command that asks nothing
     * @throws GaveUpException if another is typed, or nobody is there to type
     */
    public void byTyping(String name, String what, String inAdvance) {
        String typed = answer("%s. Type %s to go on: ".formatted(what, name), inAdvance);
        if (!typed.equals(name)) {
            throw new GaveUpException(ExitCode.USAGE, "\"%s\" is not %s: nothing was done".formatted(typed, name), "");
        }
    }

    /**
     * Goes on unless it is denied.
     *
     * @param inAdvance the command that asks nothing
     * @throws GaveUpException if it is denied, or nobody is there to ask
     */
    public void byYes(String question, String inAdvance) {
        String typed = answer(question + " [Y/n] ", inAdvance);
        if (!typed.isEmpty() && !typed.equalsIgnoreCase("y") && !typed.equalsIgnoreCase("yes")) {
            throw new GaveUpException(ExitCode.USAGE, "Nothing was done", "");
        }
    }

    private String answer(String question, String inAdvance) {
        return session.terminal()
                .ask(question)
                .orElseThrow(() -> new GaveUpException(
                        ExitCode.USAGE, "Nobody is there to confirm", "Say it in advance: " + inAdvance));
    }
}
