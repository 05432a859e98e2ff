package io.gantry.acceptance.driver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;

/** Requests that no decent client would send. */
public final class RawRequest {
    private static final int PATIENCE_MILLIS = 60_000;

    private RawRequest() {}

    /** Announces a large body and sends no more than its beginning; says what the platform answers to that. */
    public static String announced(URI uri, String contentType, long length, byte[] beginning) {
        try (var socket = connect(uri)) {
            write(socket.getOutputStream(), uri, contentType, length, beginning);
            return untilBrace(socket.getInputStream());
        } catch (IOException failure) {
            throw new UncheckedIOException("No answer from " + uri, failure);
        }
    }

    /** Hangs up in the middle of the body. */
    public static void cutShort(URI uri, String contentType, long length, byte[] beginning) {
        try (var socket = connect(uri)) {
            write(socket.getOutputStream(), uri, contentType, length, beginning);
        } catch (IOException failure) {
            throw new UncheckedIOException("No connection to " + uri, failure);
        }
    }

    private static Socket connect(URI uri) throws IOException {
        var socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void write(OutputStream out, URI uri, String contentType, long length, byte[] beginning)
            throws IOException {
        String head = """
                POST %s HTTP/1.1\r
                Host: %s\r
                Content-Type: %s\r
                Content-Length: %d\r
                Connection: close\r
                \r
                """.formatted(uri.getRawPath(), uri.getAuthority(), contentType, length);
        out.write(head.getBytes(US_ASCII));
        out.write(beginning);
        out.flush();
    }

    /** An answer is there when its JSON is; the server may keep the connection open after it. */
    private static String untilBrace(InputStream input) throws IOException {
        var answer = new StringBuilder();
        var part = new byte[4096];
        int size = 0;
        while (size >= 0 && answer.indexOf("}") < 0) {
            size = input.read(part);
            answer.append(new String(part, 0, Math.max(0, size), UTF_8));
        }
        return answer.toString();
    }
}
