package io.gantry.benchmarks.processes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Whether a service answers now: by a connection of its own, quickly given up, as it is asked again and again. */
public final class Asked {
    private static final int MILLIS_TO_CONNECT = 250;
    private static final int MILLIS_TO_ANSWER = 2_000;
    private static final String GOOD = "HTTP/1.1 200";

    private Asked() {}

    /** A path, with 200. */
    public static boolean answers(String host, int port, String path) {
        String request = "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host);
        try (Socket socket = connected(host, port)) {
            socket.setSoTimeout(MILLIS_TO_ANSWER);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readNBytes(GOOD.length()), US_ASCII).equals(GOOD);
        } catch (IOException notNow) {
            return false;
        }
    }

    /** A connection. */
    public static boolean accepts(String host, int port) {
        try (Socket socket = connected(host, port)) {
            return socket.isConnected();
        } catch (IOException notNow) {
            return false;
        }
    }

    private static Socket connected(String host, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), MILLIS_TO_CONNECT);
            return socket;
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }
}
