package io.gantry.lifecyclemanager.reconciliation;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** A service of the platform that says whether it is ready, and counts who asks. It is not, at first. */
final class PlayedReadiness implements AutoCloseable {
    private static final int READY = 200;
    private static final int NOT_READY = 503;

    private final HttpServer server;
    private final AtomicInteger questions = new AtomicInteger();
    private volatile int status = NOT_READY;

    PlayedReadiness() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/actuator/health/readiness", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            questions.incrementAndGet();
            exchange.sendResponseHeaders(status, -1);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    void awaitQuestions(int count) {
        await().until(() -> questions.get() >= count);
    }

    void becomeReady() {
        status = READY;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
