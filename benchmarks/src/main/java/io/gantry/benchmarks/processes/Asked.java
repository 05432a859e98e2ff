package io.gantry.benchmarks.processes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.regex.Pattern;

/** Whether a service answers now: by a connection of its own, quickly given up, as it is asked again and again. */
public final class Asked {
    private static final int MILLIS_TO_CONNECT = 250;
    private static final int MILLIS_TO_ANSWER = 2_000;
    private static final Pattern GOOD = Pattern.compile("HTTP/1\\.[01] 200");
    private static final int LENGTH = "HTTP/1.1 200".length();

    private Asked() {}

    /** A path, with 200, in HTTP/1.1 or, as small servers do, in HTTP/1.0. */
    public static boolean answers(String host, int port, String path) {
        String request = "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host);
        try (Socket socket = connected(host, port)) {
            socket.setSoTimeout(MILLIS_TO_ANSWER);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return GOOD.matcher(new String(socket.getInputStream().readNBytes(LENGTH), US_ASCII))
                    .matches();
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
