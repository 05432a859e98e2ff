package io.gantry.deployer.node;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param fleet the fleet's name; containers and images under another name are none of our business */
@ConfigurationProperties("gantry")
public record FleetSettings(
        @DefaultValue("gantry") String fleet, @DefaultValue Ssh ssh) {
    /** @param privateKey file with the key that nodes let in; not needed where the only engine is a local one */
    public record Ssh(@Nullable Path privateKey) {}
}
