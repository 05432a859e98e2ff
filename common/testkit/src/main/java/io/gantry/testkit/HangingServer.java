package io.gantry.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Says how an answer begins, and then never anything again, not even that it is gone: as one whose machine died while it spoke. */
public final class HangingServer implements AutoCloseable {
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Nobody else keeps these from being closed. */
    private final Queue<Socket> guests = new ConcurrentLinkedQueue<>();

    public HangingServer() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    public String address() {
        return server.getInetAddress().getHostAddress();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** To the next who comes. */
    public void says(String beginning) {
        var _ = threads.submit(() -> {
            Socket guest = server.accept();
            guests.add(guest);
            guest.getOutputStream().write(beginning.getBytes(US_ASCII));
            return guest;
        });
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
        for (Socket guest : guests) {
            guest.close();
        }
    }
}
