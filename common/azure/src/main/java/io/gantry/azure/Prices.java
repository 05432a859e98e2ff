package io.gantry.azure;

import io.gantry.fleet.AzureSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What things cost a month, by tables that are in the project; no one is asked. */
final class Prices {
    private static final BigDecimal HOURS = new BigDecimal(730);
    private static final List<Price> ALL = read();

    private record Price(String kind, int upToGib, BigDecimal usd) {}

    private Prices() {}

    private static List<Price> read() {
        try (InputStream table = Prices.class.getResourceAsStream("prices.csv")) {
            return new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(",", -1))
                    .map(fields -> new Price(fields[0], Integer.parseInt(fields[1]), new BigDecimal(fields[2])))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Disks are charged by the next size that there is. */
    static Optional<BigDecimal> disk(int gib) {
        return ALL.stream()
                .filter(price -> price.kind().equals("disk") && price.upToGib() >= gib)
                .findFirst()
                .map(Price::usd);
    }

    static BigDecimal address() {
        return ALL.stream()
                .filter(price -> price.kind().equals("address"))
                .findFirst()
                .orElseThrow()
                .usd();
    }

    static Optional<BigDecimal> machine(String size) {
        return AzureSize.named(size)
                .map(known -> known.usdPerHour().multiply(HOURS).setScale(2, RoundingMode.HALF_UP));
    }
}
