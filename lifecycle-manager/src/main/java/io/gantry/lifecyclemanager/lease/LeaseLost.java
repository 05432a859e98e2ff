package io.gantry.lifecyclemanager.lease;

/** Another acts now; whatever was to be written is not. */
public final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLost(long fencing) {
        super("The lease with the number %d has gone to another lifecycle manager".formatted(fencing));
    }
}
