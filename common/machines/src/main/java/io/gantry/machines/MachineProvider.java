package io.gantry.machines;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The machines of one fleet, wherever they come from. Every call may be repeated, also by another process after this one
 * died in the middle: it finds what is there and does what is left. Calls for different machines may run in parallel.
 * Calls return when the provider is done; whether the machine's programs are up by then is for others to see.
 *
 * <p>Any call throws a {@link MachineFailure} whose sentence says what to do.
 */
public interface MachineProvider {
    /** All machines of the fleet, switched on or off, by name; none of another fleet. */
    List<Machine> list();

    /** The machine in whatever state it is; empty if there is none of this name. */
    Optional<Machine> find(String name);

    /**
     * Answers a machine that is running, with its host key pinned. One that is there is kept as it is, whatever size was asked for;
     * one that was switched off is started; one half made is completed.
     */
    Machine create(WantedMachine wanted);

    /**
     * Switches it on; a running one stays as it is.
     *
     * @throws MachineFailure {@code NO_SUCH_MACHINE} if it is not there, as {@link #stop} and {@link #restart} do
     */
    Machine start(String name);

    /** Asks its programs to end and switches it off; one that is off stays as it is. Disk, address and keys are kept. */
    Machine stop(String name);

    /** Running again afterwards, whatever it was before. */
    Machine restart(String name);

    /** Whether one that is there is of another size than is asked for, as far as {@link #resize} can help it. */
    default boolean differs(Machine there, WantedMachine wanted) {
        return false;
    }

    /**
     * Running, and as large as asked for, afterwards; it may be off for minutes meanwhile. All else that it has stays.
     *
     * @throws MachineFailure if the provider can't or does not want to; then it runs, and is as large as it was
     */
    default Machine resize(WantedMachine wanted) {
        return start(wanted.name());
    }

    /** With its disk; one that is not there is gone already. */
    void delete(String name);

    /** All machines of the fleet, and what was made for all of them together. */
    void deleteAll();

    /**
     * What would stand in the way of making these, found without making anything.
     *
     * @return a sentence each, with the field of fleet.yaml to change
     */
    default List<String> obstacles(List<WantedMachine> wanted) {
        return List.of();
    }

    /**
     * What people have to do beside, as the provider does not let whoever asks do it; found without making anything.
     *
     * @return a sentence each, and in the lines below it what to type
     */
    default List<String> errands() {
        return List.of();
    }

    /**
     * All that is there because of the fleet, a line each, for people: its machines, and whatever else the provider charges for.
     * Empty once everything is deleted.
     */
    default List<String> belongings() {
        return list().stream().map(Machine::name).toList();
    }

    /** The key that opens a machine to the user of its {@link Machine#login()}. */
    Path privateKey(String name);
}
