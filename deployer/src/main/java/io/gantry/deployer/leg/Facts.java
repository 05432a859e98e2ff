package io.gantry.deployer.leg;

import io.gantry.contract.placement.PlacementRequest.Companion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a service when a leg decides what to do.
 *
 * @param built the image of the version that the request names, if there is one
 * @param fresh whether building that version now would give the same image
 * @param running the image of the version that runs, if anything runs; where one instance is asked for, of its version
 * @param standing the instances that were brought up and not retired yet, oldest first
 * @param wanted every instance of the app, be it running or on its way, if the app has several services; else none
 */
public record Facts(
        @Nullable Image built,
        boolean fresh,
        @Nullable Image running,
        List<Standing> standing,
        List<Companion> wanted) {
    public static final Facts NOTHING = new Facts(null, false, null, List.of(), List.of());

    public Facts {
        standing = List.copyOf(standing);
        wanted = List.copyOf(wanted);
    }
}
