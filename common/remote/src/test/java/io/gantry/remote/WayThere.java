package io.gantry.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A port of this machine that leads to another one, until the way is cut: then nothing arrives any more, and nobody is told. */
final class WayThere implements AutoCloseable {
    private final ServerSocket entrance = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Socket> sockets = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean cut;

    WayThere(int port) throws IOException {
        var _ = threads.submit(() -> {
            lead(port);
            return true;
        });
    }

    int port() {
        return entrance.getLocalPort();
    }

    void cut() {
        cut = true;
    }

    private void lead(int port) throws IOException {
        Socket here = entrance.accept();
        Socket there = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.addAll(List.of(here, there));
        carry(here.getInputStream(), there.getOutputStream());
        carry(there.getInputStream(), here.getOutputStream());
    }

    private void carry(InputStream from, OutputStream to) {
        var _ = threads.submit(() -> {
            byte[] some = new byte[8192];
            for (int count = from.read(some); count >= 0; count = from.read(some)) {
                if (cut) {
                    end.await();
                }
                to.write(some, 0, count);
            }
            return true;
        });
    }

    @Override
    public void close() throws IOException {
        end.countDown();
        entrance.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
