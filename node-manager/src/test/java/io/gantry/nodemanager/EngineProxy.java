package io.gantry.nodemanager;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Stands between a node's socket and this machine's engine, so that the engine can be lost and found again, or its clock be wrong. */
public final class EngineProxy implements AutoCloseable {
    private static final Path ENGINE = Path.of("/var/run/docker.sock");

    private final Path socket;
    private final Duration ahead;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
    private ServerSocketChannel server;

    public EngineProxy(Path socket) throws IOException {
        this(socket, Duration.ZERO);
    }

    /** @param ahead how far its clock is ahead of everybody else's */
    public EngineProxy(Path socket, Duration ahead) throws IOException {
        this.socket = socket;
        this.ahead = ahead;
        this.server = listening();
    }

    public void lose() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
        for (SocketChannel connection : connections) {
            connection.close();
        }
        connections.clear();
    }

    public void find() throws IOException {
        server = listening();
    }

    private ServerSocketChannel listening() throws IOException {
        ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listening.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(() -> accept(listening));
        return listening;
    }

    private void accept(ServerSocketChannel listening) {
        try {
            while (true) {
                SocketChannel client = listening.accept();
                SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(ENGINE));
                connections.add(client);
                connections.add(engine);
                WrongClock clock = new WrongClock(ahead);
                Thread.ofVirtual().start(() -> carry(client, engine, clock::asked));
                Thread.ofVirtual().start(() -> carry(engine, client, clock::said));
            }
        } catch (IOException lost) {
            // As intended.
        }
    }

    private static void carry(SocketChannel from, SocketChannel to, UnaryOperator<byte[]> changed) {
        ByteBuffer buffer = ByteBuffer.allocate(16_384);
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                byte[] piece = new byte[buffer.remaining()];
                buffer.get(piece);
                ByteBuffer next = ByteBuffer.wrap(changed.apply(piece));
                while (next.hasRemaining()) {
                    to.write(next);
                }
                buffer.clear();
            }
        } catch (IOException ended) {
            // So did the other direction.
        }
    }

    @Override
    public void close() throws IOException {
        lose();
    }
}
