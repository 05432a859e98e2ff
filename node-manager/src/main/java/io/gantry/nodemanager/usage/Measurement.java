package io.gantry.nodemanager.usage;

import com.github.dockerjava.api.model.CpuStatsConfig;
import com.github.dockerjava.api.model.CpuUsageConfig;
import com.github.dockerjava.api.model.MemoryStatsConfig;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.api.model.StatsConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an engine measured of one container.
 *
 * @param at by the engine's clock
 * @param cpuNanos CPU time since the container was started
 * @param memory bytes in use, inactive page cache left out, as {@code docker stats} shows it
 */
record Measurement(Instant at, long cpuNanos, long memory) {
    /** Nothing where the container does not run. */
    static Optional<Measurement> of(Statistics statistics) {
        Long cpu = cpuNanos(statistics.getCpuStats());
        Long memory = memory(statistics.getMemoryStats());
        String read = statistics.getRead();
        return cpu == null || memory == null || read == null
                ? Optional.empty()
                : Optional.of(new Measurement(Instant.parse(read), cpu, memory));
    }

    /** Cores in use on average since an earlier measurement; nothing if the container was started anew in between. */
    Optional<Double> coresSince(Measurement earlier) {
        long elapsed = Duration.between(earlier.at, at).toNanos();
        long used = cpuNanos - earlier.cpuNanos;
        return elapsed <= 0 || used < 0 ? Optional.empty() : Optional.of((double) used / elapsed);
    }

    private static @Nullable Long cpuNanos(@Nullable CpuStatsConfig cpu) {
        CpuUsageConfig usage = cpu == null ? null : cpu.getCpuUsage();
        return usage == null ? null : usage.getTotalUsage();
    }

    private static @Nullable Long memory(@Nullable MemoryStatsConfig memory) {
        if (memory == null || memory.getUsage() == null) {
            return null;
        }
        return Math.max(0, memory.getUsage() - inactivePageCache(memory.getStats()));
    }

    /** The first is what control groups of version 1 call it for the whole group, the second version 2. */
    private static long inactivePageCache(@Nullable StatsConfig stats) {
        return stats == null
                ? 0
                : Stream.of(stats.getTotalInactiveFile(), stats.getInactiveFile())
                        .flatMap(Stream::ofNullable)
                        .findFirst()
                        .orElse(0L);
    }
}
