package io.gantry.machines.platform;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;

/**
 * Images that a machine's engine is to have.
 *
 * @param registry where those are pulled from that it has not
 */
record ServiceImages(RegistryAccess registry) {
    void ensure(DockerClient docker, String image) {
        if (!has(docker, image)) {
            String reference = registry.reference(image);
            pull(docker, reference);
            tag(docker, reference, image);
        }
    }

    static boolean has(DockerClient docker, String image) {
        try {
            docker.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException absent) {
            return false;
        }
    }

    private void pull(DockerClient docker, String reference) {
        registry.pulling(
                reference,
                known -> docker.pullImageCmd(reference)
                        .withAuthConfig(known)
                        .exec(new Pieces<PullResponseItem>())
                        .await());
    }

    /** @param image the same or another name, with a tag */
    static void tag(DockerClient docker, String from, String image) {
        if (!from.equals(image)) {
            int colon = image.lastIndexOf(':');
            docker.tagImageCmd(from, image.substring(0, colon), image.substring(colon + 1))
                    .exec();
        }
    }
}
