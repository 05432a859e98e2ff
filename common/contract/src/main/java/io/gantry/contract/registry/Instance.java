package io.gantry.contract.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.InstanceId;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.manifest.Health;
import io.gantry.contract.manifest.Kind;
import io.gantry.contract.manifest.Resources;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the service registry. Its container carries the instance's id as its name.
 *
 * @param image by digest
 * @param deployment the request that started it
 * @param address host name or IP address of the node
 * @param port on the node; none for a service that listens on no port
 * @param health when it counts as healthy; none: whoever entered it did not say
 * @param startedAt when its container was started
 * @param detail how it ended: {@code exit code 137, out of memory}
 */
public record Instance(
        InstanceId id,
        AppName app,
        ServiceName service,
        int version,
        Kind kind,
        String image,
        DeploymentToken deployment,
        NodeId node,
        String address,
        @Nullable Integer port,
        Resources resources,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Health health,
        Instant startedAt,
        InstanceState state,
        @Nullable String detail) {}
