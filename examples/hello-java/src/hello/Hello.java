package hello;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

public class Hello {
    private static final Map<String, String> ENV = System.getenv();

    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(ENV.get("PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/", Hello::answer);
        server.start();
        System.out.println("Listening on port " + port);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/" -> send(exchange, 200, greeting());
            case "/healthz" -> send(exchange, 200, "ok\n");
            default -> send(exchange, 404, "Nothing here\n");
        }
    }

    private static String greeting() {
        return "Hello from %s, version %s, instance %s, on Java %s%n"
                .formatted(ENV.get("GANTRY_APP"), ENV.get("GANTRY_VERSION"), ENV.get("GANTRY_INSTANCE"), Runtime.version());
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
