package io.gantry.remote;

/**
 * What every container of an instance carries, and every machine that is a container. Whoever starts one sets all that
 * apply; together with what the engine itself knows (image, limits, published port, start) they are enough to write the
 * instance's registry entry anew.
 */
public final class Labels {
    /** The name of the fleet it belongs to; what is under another name is none of our business. */
    public static final String FLEET = "io.gantry.fleet";
    /** The app's name; on an app's network too. */
    public static final String APP = "io.gantry.app";
    /** The service's name. */
    public static final String SERVICE = "io.gantry.service";
    /** The service's version, a number. */
    public static final String VERSION = "io.gantry.version";
    /** The instance's id; the container's name too. */
    public static final String INSTANCE = "io.gantry.instance";
    /** The token of the request that started it. */
    public static final String DEPLOYMENT = "io.gantry.deployment";
    /** What the service is: {@code service}, {@code worker}, {@code model} or {@code job}. */
    public static final String KIND = "io.gantry.kind";
    /** When it counts as healthy, as JSON of the manifest; absent where it listens on none. */
    public static final String HEALTH = "io.gantry.health";
    /** The port that it listens on inside its container; absent where it listens on none. */
    public static final String PORT = "io.gantry.port";
    /** The id of the node it was placed on: two nodes may share an engine. */
    public static final String NODE = "io.gantry.node";

    /** The name of the machine that it is, or belongs to; no instance carries it. */
    public static final String MACHINE = "io.gantry.machine";

    /** The platform service that it is a replica of; no instance carries it. */
    public static final String PLATFORM_SERVICE = "io.gantry.platform-service";

    /** The digest of the description that a platform service's container was made from. */
    public static final String DESCRIPTION = "io.gantry.description";

    private Labels() {}
}
