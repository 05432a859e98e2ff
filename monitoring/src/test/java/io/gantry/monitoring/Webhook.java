package io.gantry.monitoring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody's real HTTP server that takes alerts, unless a test wants it to refuse them. */
public final class Webhook implements AutoCloseable {
    private static final int TAKEN = 204;
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;
    public final List<String> taken = new CopyOnWriteArrayList<>();
    public final List<String> refused = new CopyOnWriteArrayList<>();
    public volatile boolean refusing;

    private Webhook(HttpServer server) {
        this.server = server;
    }

    static Webhook open() {
        try {
            Webhook webhook =
                    new Webhook(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            webhook.server.createContext("/alerts", webhook::take);
            webhook.server.start();
            return webhook;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    URI address() {
        return URI.create(
                "http://127.0.0.1:%d/alerts".formatted(server.getAddress().getPort()));
    }

    public void startOver() {
        refusing = false;
        taken.clear();
        refused.clear();
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean refuses = refusing;
        exchange.sendResponseHeaders(refuses ? UNAVAILABLE : TAKEN, -1);
        (refuses ? refused : taken).add(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
