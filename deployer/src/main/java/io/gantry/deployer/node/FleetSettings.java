package io.gantry.deployer.node;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param fleet the fleet's name; containers and images under another name are none of our business
 * @param sshKey file with the private key that nodes let in; needed only for nodes that SSH reaches
 */
@ConfigurationProperties("gantry")
public record FleetSettings(
        @DefaultValue("local") String fleet, @Nullable Path sshKey) {}
