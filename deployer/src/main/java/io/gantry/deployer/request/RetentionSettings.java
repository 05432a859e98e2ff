package io.gantry.deployer.request;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which images of a service are kept. Another is built anew from its bundle, should it be wanted.
 *
 * @param versions as many of the newest, whatever was done with them
 * @param named for how long one is kept that a request has named: longer than schedules rest that run it again and again
 * @param every how often it is looked for those that are not kept any longer
 */
@ConfigurationProperties("gantry.deployer.retention")
record RetentionSettings(
        @DefaultValue("10") int versions,
        @DefaultValue("35d") Duration named,
        @DefaultValue("1h") Duration every) {

    /**
     * An image that is there.
     *
     * @param wanted whether an instance runs from it, or is to
     * @param lastNamed by a request; or when it was pushed
     */
    record Held(int version, boolean wanted, Instant lastNamed) {}

    /**
     * @param images of one service, the newest version first
     * @return the versions of those that are not kept
     */
    List<Integer> old(List<Held> images, Instant now) {
        return images.stream()
                .skip(versions)
                .filter(image -> !image.wanted() && image.lastNamed().isBefore(now.minus(named)))
                .map(Held::version)
                .toList();
    }
}
