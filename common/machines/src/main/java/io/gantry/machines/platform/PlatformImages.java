package io.gantry.machines.platform;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.LoadResponseItem;
import com.github.dockerjava.api.model.PruneType;
import com.github.dockerjava.api.model.PushResponseItem;
import io.gantry.contract.Sha256;
import io.gantry.remote.Engine;
import io.gantry.storage.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The images that a fleet is made of, on their way: from the laptop to the first machine, from there to the fleet's container
 * registry; and the platform's own, built from its code. Every call may be repeated: what is there is left.
 */
public final class PlatformImages {
    private static final String POSTGRES = "gantry/postgres:1";
    private static final String KAFKA = "gantry/kafka:1";
    private static final String JAVA = "gantry/java:1";

    /** What the platform image is built with: what it runs upon, and what its services are rehearsed upon. */
    private static final List<String> TO_BUILD = List.of(JAVA, POSTGRES, KAFKA);

    /** What a fleet begins with: without these there is no registry to pull others from, and nothing to keep in it. */
    public static final List<String> FIRST = List.of(POSTGRES, "gantry/azurite:1", "gantry/registry:1", JAVA, KAFKA);

    /** What other machines pull: what Kafka runs on, and what apps are built upon. */
    public static final List<String> PULLED =
            List.of(KAFKA, JAVA, "gantry/python:1", "gantry/node:1", "gantry/static:1");

    /** On what a build leaves behind: the stage in which the services were rehearsed. */
    private static final String REHEARSAL = "io.gantry.rehearsal";

    private static final String REPOSITORY = "gantry/platform";
    private static final String CONTENT = "io.gantry.content";
    private static final Pattern REFERENCE = Pattern.compile(".*/" + REPOSITORY + ":(" + Sha256.FORM + ")");

    private final String machine;
    private final RegistryAccess registry;
    private final ImageProgress progress;

    /** @param machine the name of the one whose engine is to have them, or has them */
    public PlatformImages(String machine, RegistryAccess registry, ImageProgress progress) {
        this.machine = machine;
        this.registry = registry;
        this.progress = progress;
    }

    /** The name of the platform image that is built from this code: {@code 10.0.0.4:7080/gantry/platform:<sha256>}. */
    public static String reference(RegistryAccess registry, String codeSha256) {
        return registry.reference(REPOSITORY + ":" + codeSha256);
    }

    /** The digest of the code that a platform image is built from. */
    public static String codeOf(String reference) {
        Matcher matcher = REFERENCE.matcher(reference);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("%s is not the name of a platform image".formatted(reference));
        }
        return matcher.group(1);
    }

    /** There with the same content afterwards. What both have in common is sent once; nothing touches this machine's disk. */
    public void carry(Engine from, Engine to, List<String> images) {
        List<String> missing = images.stream()
                .filter(image -> !sameImage(
                        inspected(new EngineCalls(from, from.toString()), image), inspected(calls(to), image)))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        missing.forEach(image -> progress.says(image, "is carried to " + to));
        load(from, to, missing);
    }

    private EngineCalls calls(Engine engine) {
        return new EngineCalls(engine, machine);
    }

    private void load(Engine from, Engine to, List<String> images) {
        var save = from.docker().saveImagesCmd();
        images.forEach(image -> save.withImage(image.substring(0, image.indexOf(':')), tagOf(image)));
        calls(to).doing("load images", docker -> {
            try (InputStream stream = save.exec()) {
                docker.loadImageAsyncCmd(stream)
                        .exec(new Pieces<LoadResponseItem>())
                        .await();
            } catch (IOException broken) {
                throw new UncheckedIOException("Carrying images to " + to, broken);
            }
        });
    }

    private static String tagOf(String image) {
        return image.substring(image.lastIndexOf(':') + 1);
    }

    private static Optional<InspectImageResponse> inspected(EngineCalls engine, String image) {
        return engine.asking("look for " + image, docker -> {
            try {
                return Optional.of(docker.inspectImageCmd(image).exec());
            } catch (NotFoundException absent) {
                return Optional.empty();
            }
        });
    }

    /** Engines that store images in different ways have different ids for them; what our images are made from is in a label. */
    private static boolean sameImage(Optional<InspectImageResponse> one, Optional<InspectImageResponse> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return false;
        }
        String content = contentOf(one.get());
        return Objects.equals(one.get().getId(), other.get().getId())
                || (!content.isEmpty() && content.equals(contentOf(other.get())));
    }

    private static String contentOf(InspectImageResponse image) {
        Map<String, String> labels =
                image.getConfig() == null ? null : image.getConfig().getLabels();
        return labels == null ? "" : labels.getOrDefault(CONTENT, "");
    }

    /** In the registry afterwards, as {@code REGISTRY/gantry/name:1}. Layers that are there are not sent again. */
    public void push(Engine engine, String image) {
        String reference = registry.reference(image);
        calls(engine).doing("push " + reference, docker -> {
            ServiceImages.tag(docker, image, reference);
            push(docker, reference);
        });
        progress.says(image, "is in the container registry");
    }

    private void push(DockerClient docker, String reference) {
        registry.pushing(known -> docker.pushImageCmd(reference)
                .withAuthConfig(known)
                .exec(new Pieces<PushResponseItem>())
                .await());
    }

    /**
     * The platform image is in the registry afterwards, and on this engine; if it is nowhere, it is built here.
     *
     * @param code where the platform's code lies
     * @return its name
     * @throws io.gantry.storage.NoSuchBlob if the code was not published
     */
    public String ensurePlatformImage(Engine engine, BlobStore code, String codeSha256) {
        String reference = reference(registry, codeSha256);
        var calls = calls(engine);
        if (!calls.asking("pull " + reference, docker -> hasOrPulls(docker, reference))) {
            calls.doing("build " + reference, docker -> {
                TO_BUILD.forEach(image -> new ServiceImages(registry).ensure(docker, image));
                build(docker, reference, code, codeSha256);
                docker.pruneCmd(PruneType.IMAGES).withLabelFilter(REHEARSAL).exec();
            });
        }
        push(engine, reference);
        return reference;
    }

    private boolean hasOrPulls(DockerClient docker, String reference) {
        try {
            new ServiceImages(registry).ensure(docker, reference);
            return true;
        } catch (NotFoundException | DockerClientException nowhere) {
            return false;
        }
    }

    private void build(DockerClient docker, String reference, BlobStore code, String codeSha256) {
        try (InputStream archive = code.open(CodeArchive.key(codeSha256))) {
            docker.buildImageCmd(archive)
                    .withTags(Set.of(reference))
                    .withForcerm(true)
                    .exec(new BuildWatch(reference, progress))
                    .await();
        } catch (IOException broken) {
            throw new UncheckedIOException("Reading the platform's code", broken);
        }
    }
}
