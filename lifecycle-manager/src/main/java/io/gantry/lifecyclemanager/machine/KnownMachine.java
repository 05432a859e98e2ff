package io.gantry.lifecyclemanager.machine;

import io.gantry.contract.manifest.Memory;
import io.gantry.fleet.MachineSize;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a machine.
 *
 * @param state in the provider's words, when it was asked last
 * @param hostKey as it was pinned
 * @param login {@code ssh://user@host:port}, by which Docker was prepared; none until it was
 * @param engine reached as its users reach it; none until Docker was prepared
 * @param preparedFor the container registry that its engine trusts; empty: none but those with a certificate
 * @param cpus that it has; none until Docker was prepared
 * @param problem why it is not as it is to be
 * @param sizeRefused the size that its provider did not give it; none: it was not asked, or did
 * @param sizeRefusedWhy a sentence
 */
public record KnownMachine(
        String name,
        @Nullable String state,
        @Nullable String address,
        @Nullable String hostKey,
        @Nullable URI login,
        @Nullable URI engine,
        @Nullable Instant preparedAt,
        @Nullable String preparedFor,
        @Nullable Double cpus,
        @Nullable Memory memory,
        boolean cordoned,
        @Nullable String problem,
        @Nullable String sizeRefused,
        @Nullable String sizeRefusedWhy) {
    /** Left to the machine itself: its engine, its SSH server. */
    public static final Memory RESERVE = Memory.mebibytes(256);

    /** @param size none: whatever it is */
    public boolean isOf(@Nullable MachineSize size) {
        return size == null
                || (Objects.equals(cpus, size.cpus()) && size.memory().equals(memory));
    }

    /**
     * One that was prepared before its login was written down is prepared once more, which changes nothing there.
     *
     * @param registry that its engine is to trust
     */
    public boolean isPreparedFor(String registry) {
        return engine != null && hostKey != null && login != null && preparedAt != null && registry.equals(preparedFor);
    }
}
