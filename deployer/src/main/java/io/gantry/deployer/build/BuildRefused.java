package io.gantry.deployer.build;

/** The developer must change the bundle before it can be built. */
final class BuildRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    BuildRefused(String code, String sentence) {
        super(sentence);
        this.code = code;
    }

    String code() {
        return code;
    }
}
