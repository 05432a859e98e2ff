package io.gantry.contract.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gantry.contract.ServiceName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service's config.json says, with every default filled in. Its JSON is itself a valid config.json.
 *
 * @param command the process to start, one word an element; empty: what the runtime or the developer's Dockerfile says
 * @param port the port the service listens on inside its container; none for workers and jobs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
        ServiceName name,
        Kind kind,
        AppRuntime runtime,
        List<String> command,
        @Nullable Integer port,
        Map<String, String> env,
        Health health,
        Resources resources,
        Scale scale,
        Stop stop,
        Placement placement) {
    public Manifest {
        command = List.copyOf(command);
        env = Map.copyOf(env);
    }
}
