package io.gantry.nodemanager.node;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param fleet the value of the label that tells our containers from others on the same engine
 * @param nodes machines that instances run on, beside those that the lifecycle manager tells of
 * @param sshKey file with the private key that nodes let in; needed only for nodes that SSH reaches
 */
@ConfigurationProperties("gantry")
record FleetSettings(
        @DefaultValue("local") String fleet,
        @DefaultValue List<NodeSettings> nodes,
        @Nullable Path sshKey) {
    FleetSettings {
        nodes = List.copyOf(nodes);
        if (nodes.stream().map(NodeSettings::id).distinct().count() < nodes.size()) {
            throw new IllegalArgumentException("gantry.nodes names a node twice");
        }
    }
}
