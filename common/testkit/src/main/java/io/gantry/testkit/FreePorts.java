package io.gantry.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Ports for what can't choose one itself, or is to come back at the same. Nobody uses them at the moment, and nobody is given one by
 * chance before it is used: they lie below those that the system gives to connections and to whoever does not care (32768 and up).
 */
public final class FreePorts {
    private static final int FIRST = 10_000;
    private static final int END = 19_000;
    private static final RandomGenerator RANDOM = new SecureRandom();
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /** Never the same twice. */
    public static int next() {
        int port = RANDOM.nextInt(FIRST, END);
        while (!GIVEN.add(port) || !isFree(port)) {
            port = RANDOM.nextInt(FIRST, END);
        }
        return port;
    }

    /**
     * One from which others are counted.
     *
     * @param offsets of those others, which nobody uses either
     */
    public static int base(int... offsets) {
        int base = next();
        while (!areFree(base, offsets)) {
            base = next();
        }
        return base;
    }

    private static boolean areFree(int base, int... offsets) {
        return IntStream.of(offsets).map(offset -> base + offset).allMatch(FreePorts::isFree);
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
