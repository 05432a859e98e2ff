package io.gantry.monitoring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Docker Engine that says of every container the same: that it runs, and since when. */
final class PlayedEngine implements AutoCloseable {
    private final Path folder;
    private final ServerSocketChannel server;
    volatile String startedAt = "2026-01-01T00:00:00Z";

    PlayedEngine() {
        try {
            folder = Files.createTempDirectory("engine");
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(folder.resolve("docker.sock")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().start(this::serve);
    }

    URI uri() {
        return URI.create("unix://" + folder.resolve("docker.sock"));
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel guest = server.accept()) {
                answer(guest);
            } catch (IOException _) {
                Thread.onSpinWait();
            }
        }
    }

    private void answer(SocketChannel guest) throws IOException {
        var lines =
                new BufferedReader(new InputStreamReader(Channels.newInputStream(guest), StandardCharsets.US_ASCII));
        List<String> head = lines.lines().takeWhile(line -> !line.isEmpty()).toList();
        String asked = head.isEmpty() ? "" : head.getFirst();
        byte[] body = body(asked).getBytes(StandardCharsets.US_ASCII);
        String answer =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                        .formatted(body.length);
        guest.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
        guest.write(ByteBuffer.wrap(body));
    }

    private String body(String asked) {
        if (asked.contains("/containers/")) {
            return "{\"State\": {\"Running\": true, \"Restarting\": false, \"StartedAt\": \"%s\"}}"
                    .formatted(startedAt);
        }
        return asked.contains("/info")
                ? "{\"SystemTime\": \"2026-01-01T01:00:00Z\"}"
                : "{\"ApiVersion\": \"1.44\", \"MinAPIVersion\": \"1.24\"}";
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(folder.resolve("docker.sock"));
        Files.deleteIfExists(folder);
    }
}
