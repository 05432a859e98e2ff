package io.gantry.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.gantry.contract.manifest.Memory;
import org.jspecify.annotations.Nullable;

/**
 * What a machine has. Of a machine that was there before, what may be used of it.
 *
 * @param cpus cores
 * @param disk the least there must be; none: any will do
 */
@JsonInclude(Include.NON_NULL)
public record MachineSize(
        double cpus, Memory memory, @Nullable Memory disk) {}
