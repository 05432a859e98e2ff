package io.gantry.deployer.leg;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long each step may take, and how often it is tried.
 *
 * @param build from the moment it has a place among the builds
 * @param place how long to wait for a node with room
 * @param start pull, create and start on one node
 * @param revive start a container again that is there
 * @param verify added to the grace period of the service
 * @param register how long the node-manager may take: longer than it needs to start anew, as the instance serves already
 * @param remove stop and remove one instance, added to nothing: longer than any stop timeout
 * @param nodes how often a node is tried for one instance, another one each time if there is one
 */
@ConfigurationProperties("gantry.deployer.limits")
public record Limits(
        @DefaultValue("10m") Duration build,
        @DefaultValue("5m") Duration push,
        @DefaultValue("5m") Duration place,
        @DefaultValue("5m") Duration start,
        @DefaultValue("20s") Duration revive,
        @DefaultValue("30s") Duration verify,
        @DefaultValue("2m") Duration register,
        @DefaultValue("10s") Duration deregister,
        @DefaultValue("2m") Duration remove,
        @DefaultValue("3") int nodes) {
    public static Limits defaults() {
        return new Limits(
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                Duration.ofSeconds(10),
                Duration.ofMinutes(2),
                3);
    }
}
