package io.gantry.machines;

import io.gantry.remote.Unreachable;
import org.jspecify.annotations.Nullable;

/** Something can't be done with a machine. The message names it and says what to do. */
public final class MachineFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What stands in the way; those that mend themselves are worth another try later. */
    public enum Reason {
        NO_SUCH_MACHINE(false),
        /** No host key is pinned yet. */
        NOT_PROVISIONED(false),
        /** The provider can't do such a thing, or does not want to. */
        PROVIDER_REFUSED(false),
        /** The provider can't do it just now. */
        PROVIDER_BUSY(true),
        /** Nothing listens at its SSH port. */
        SSH_REFUSED(true),
        /** No answer in time, or the session was lost. */
        NO_ANSWER(true),
        /** It does not let our key in. */
        KEY_REFUSED(false),
        /** Another machine answers, or it was set up anew: never accepted. */
        HOST_KEY_CHANGED(false),
        /** We can't be root there. */
        NOT_ROOT(false),
        SYSTEM_NOT_SUPPORTED(false),
        DISK_FULL(false),
        /** A command failed on it. */
        COMMAND_FAILED(true),
        /** Its Docker Engine does not answer. */
        NO_ENGINE(true);

        private final boolean mendsItself;

        Reason(boolean mendsItself) {
            this.mendsItself = mendsItself;
        }

        public boolean mendsItself() {
            return mendsItself;
        }
    }

    private final Reason reason;

    public MachineFailure(Reason reason, String sentences) {
        this(reason, sentences, null);
    }

    public MachineFailure(Reason reason, String sentences, @Nullable Throwable cause) {
        super(sentences, cause);
        this.reason = reason;
    }

    public static MachineFailure noSuchMachine(String name) {
        return new MachineFailure(Reason.NO_SUCH_MACHINE, "There is no machine %s: create it first.".formatted(name));
    }

    public static MachineFailure hostKeyChanged(String machine) {
        return new MachineFailure(
                Reason.HOST_KEY_CHANGED,
                "The host key of %s is not the one that was pinned when it was provisioned. If it was set up anew on purpose, delete it from the fleet and create it again."
                        .formatted(machine));
    }

    /** The same in the words of whoever looks after machines. */
    public static MachineFailure of(String machine, Unreachable failure) {
        Reason reason = reasonOf(failure.reason());
        return new MachineFailure(
                reason, "%s: %s. %s".formatted(machine, failure.getMessage(), adviceOn(reason, machine)), failure);
    }

    public Reason reason() {
        return reason;
    }

    private static Reason reasonOf(Unreachable.Reason reason) {
        return switch (reason) {
            case REFUSED, UNKNOWN_HOST -> Reason.SSH_REFUSED;
            case TIMED_OUT, LOST, BUSY -> Reason.NO_ANSWER;
            case KEY_REFUSED -> Reason.KEY_REFUSED;
            case HOST_KEY_CHANGED -> Reason.HOST_KEY_CHANGED;
            case NO_ENGINE, API_VERSION -> Reason.NO_ENGINE;
        };
    }

    private static String adviceOn(Reason reason, String machine) {
        return switch (reason) {
            case SSH_REFUSED ->
                "See that %s is switched on, that its SSH server runs, and that no firewall is in between."
                        .formatted(machine);
            case NO_ANSWER -> "See that %s is switched on and reachable, then try again.".formatted(machine);
            case KEY_REFUSED -> "Add the fleet's public key to authorized_keys of that user, or name the right key.";
            case HOST_KEY_CHANGED ->
                "If %s was set up anew on purpose, delete it from the fleet and create it again; if not, somebody is in between."
                        .formatted(machine);
            case NO_ENGINE ->
                "Prepare Docker on %s again; if that does not help, read dockerd's log there.".formatted(machine);
            case NO_SUCH_MACHINE,
                    NOT_PROVISIONED,
                    PROVIDER_REFUSED,
                    PROVIDER_BUSY,
                    NOT_ROOT,
                    SYSTEM_NOT_SUPPORTED,
                    DISK_FULL,
                    COMMAND_FAILED -> "Try again.";
        };
    }
}
