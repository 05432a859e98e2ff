package io.gantry.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

/**
 * What only Azure's machines have.
 *
 * @param size Azure's name for it, as in {@code Standard_D2s_v5}
 * @param spot whether Azure may take it back at any time, for a lower price
 * @param zone availability zone; none: any
 */
@JsonInclude(Include.NON_NULL)
public record AzureMachine(
        String size, boolean spot, @Nullable String zone) {}
