package io.gantry.machines.platform;

import io.gantry.contract.manifest.Memory;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One replica of a platform service, described to the last detail: two descriptions with the same digest run the same.
 *
 * @param service its name, {@code scheduler}
 * @param image {@code gantry/kafka:1}, which is pulled from the fleet's container registry where it is missing, or one with the
 *     registry's address
 * @param arguments of the image's program; none: the image's own command
 * @param environment nothing secret: the engine shows it to everybody who may use it
 * @param files put into it before it starts; secrets come this way
 * @param user in the container; none: the image's own
 * @param memory the most it may use; no swap
 * @param port on the machine's address, whose network it shares
 */
public record ServiceContainer(
        String service,
        String image,
        List<String> arguments,
        Map<String, String> environment,
        List<InjectedFile> files,
        @Nullable DataVolume data,
        List<Mount> mounts,
        @Nullable String user,
        Memory memory,
        int port) {
    private static final String PREFIX = "gantry-";

    public ServiceContainer {
        arguments = List.copyOf(arguments);
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        files = List.copyOf(files);
        mounts = List.copyOf(mounts);
    }

    /** The container's name; there is one replica of a service on a machine. */
    public String name() {
        return nameOf(service);
    }

    static String nameOf(String service) {
        return PREFIX + service;
    }

    /** SHA-256, in hexadecimal digits, of all of it; the contents of its files included. */
    public String digest() {
        var digest = new Digest();
        digest.add(service, image, String.valueOf(user), Long.toString(memory.bytes()), Integer.toString(port));
        digest.add(arguments);
        digest.add(environment.entrySet().stream().map(Object::toString).toList());
        files.forEach(file -> digest.add(
                file.path(), file.content(), Integer.toString(file.uid()), Integer.toOctalString(file.mode())));
        digest.add(String.valueOf(data));
        digest.add(mounts.stream().map(Object::toString).toList());
        return digest.hex();
    }
}
