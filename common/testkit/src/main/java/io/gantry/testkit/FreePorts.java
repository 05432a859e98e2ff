package io.gantry.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

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

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
