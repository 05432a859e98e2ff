package io.gantry.loadbalancer.scaling;

import io.gantry.contract.DeploymentToken;
import io.gantry.contract.manifest.Scale;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A service at one instant.
 *
 * @param scale what its manifest asks for; none if that was never told
 */
record Situation(Instant now, @Nullable Scale scale, List<Running> running) {
    /**
     * One of its instances.
     *
     * @param deployment the request that started it
     * @param use of the CPU it may use: 1 is all; none if nothing fresh is known
     */
    record Running(DeploymentToken deployment, @Nullable Double use) {}

    int count() {
        return running.size();
    }

    boolean hasStarted(DeploymentToken deployment) {
        return running.stream().anyMatch(instance -> instance.deployment().equals(deployment));
    }

    /** In percent. Instances of which nothing is known count as idle: they are no reason for another one. */
    double load() {
        return 100 * known() / count();
    }

    /** In percent, if the same work were done by one instance fewer. Those of which nothing is known count as busy. */
    double loadWithOneFewer() {
        long unknown =
                running.stream().filter(instance -> instance.use() == null).count();
        return count() == 1 ? Double.POSITIVE_INFINITY : 100 * (known() + unknown) / (count() - 1);
    }

    List<@Nullable Double> uses() {
        return running.stream().<@Nullable Double>map(Running::use).toList();
    }

    private double known() {
        return running.stream()
                .map(Running::use)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sum();
    }
}
