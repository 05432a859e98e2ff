package io.gantry.nodemanager.registry;

import io.gantry.contract.AppName;
import io.gantry.contract.NodeId;
import io.gantry.contract.ServiceName;
import io.gantry.contract.registry.InstanceState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/** Which instances are asked for; what is null does not matter. */
public record InstanceFilter(
        @Nullable AppName app,
        @Nullable ServiceName service,
        @Nullable NodeId node,
        @Nullable InstanceState state) {
    static final InstanceFilter ALL = new InstanceFilter(null, null, null, null);

    public static InstanceFilter of(AppName app, @Nullable ServiceName service) {
        return new InstanceFilter(app, service, null, null);
    }

    MapSqlParameterSource asText() {
        return new MapSqlParameterSource()
                .addValue("app", Objects.toString(app, null))
                .addValue("service", Objects.toString(service, null))
                .addValue("node", Objects.toString(node, null))
                .addValue("state", Objects.toString(state, null));
    }
}
