package io.gantry.scheduler.version;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** A client that promises a body and sends less of it. */
final class CutConnection {
    private static final int PATIENCE_MILLIS = 60_000;

    private CutConnection() {}

    /** @return what the server answered to it */
    static String post(int port, String path, long promised, byte[] sent) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write("""
                    POST %s HTTP/1.1\r
                    Host: localhost\r
                    Content-Type: application/zip\r
                    Content-Length: %d\r
                    \r
                    """.formatted(path, promised).getBytes(UTF_8));
            out.write(sent);
            out.flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
