package io.gantry.deployer.leg;

import io.gantry.contract.InstanceId;

/** Something to be entered in the deployer's own book of images and instances. */
public sealed interface Entry extends Effect {
    /** The image is in the registry. */
    record ImagePushed(Image image, LocalImage builtAs) implements Entry {}

    /** The registry no longer has the image of this version. */
    record ImageLost(int version) implements Entry {}

    record InstanceStands(Standing instance) implements Entry {}

    /** It is gone, or was given up. */
    record InstanceRetired(InstanceId instance) implements Entry {}
}
