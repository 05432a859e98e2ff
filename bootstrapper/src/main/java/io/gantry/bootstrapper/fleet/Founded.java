package io.gantry.bootstrapper.fleet;

import io.gantry.machines.Machine;
import java.util.Collection;
import java.util.List;

/**
 * What is there when the lifecycle manager takes over.
 *
 * @param lifecycleManager its address, {@code http://10.224.7.10:7070}
 * @param platformImage by its name in the container registry
 */
record Founded(List<Machine> machines, String lifecycleManager, String platformImage) {
    Founded(Collection<Machine> machines, String lifecycleManager, String platformImage) {
        this(List.copyOf(machines), lifecycleManager, platformImage);
    }
}
