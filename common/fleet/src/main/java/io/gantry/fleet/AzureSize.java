package io.gantry.fleet;

import io.gantry.contract.manifest.Memory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A size of Azure's that a fleet's machines may have, from a table in this package.
 *
 * @param name as in {@code Standard_D2s_v5}
 * @param family under which Azure counts its cores against the quota
 * @param usdPerHour of a machine with Linux, paid as it is used
 */
public record AzureSize(String name, int cpus, Memory memory, String family, BigDecimal usdPerHour) {
    private static final List<AzureSize> ALL = read();

    /** The cheapest first. */
    public static List<AzureSize> all() {
        return ALL;
    }

    /** Azure tells no upper from lower case. */
    public static Optional<AzureSize> named(String name) {
        return ALL.stream().filter(size -> size.name().equalsIgnoreCase(name)).findFirst();
    }

    /** The cheapest that has as much. */
    public static Optional<AzureSize> fitting(double cpus, Memory memory) {
        return ALL.stream()
                .filter(size -> size.cpus() >= cpus && size.memory().bytes() >= memory.bytes())
                .findFirst();
    }

    private static List<AzureSize> read() {
        try (InputStream table = AzureSize.class.getResourceAsStream("azure-sizes.csv")) {
            return new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(AzureSize::parse)
                    .sorted(Comparator.comparing(AzureSize::usdPerHour))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static AzureSize parse(String line) {
        String[] fields = line.split(",", -1);
        return new AzureSize(
                fields[0],
                Integer.parseInt(fields[1]),
                Memory.parse(fields[2] + "Gi"),
                fields[3],
                new BigDecimal(fields[4]));
    }
}
