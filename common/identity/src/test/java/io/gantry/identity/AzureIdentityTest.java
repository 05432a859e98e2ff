package io.gantry.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Azure's own library, and a metadata service that is played. */
class AzureIdentityTest {
    private static final String METADATA = "http://169.254.169.254/";
    private static final String OURS = "/subscriptions/s/resourceGroups/g/providers/x/userAssignedIdentities/ours";
    private static final TokenRequestContext FOR_STORAGE =
            new TokenRequestContext().addScopes("https://storage.azure.com/.default");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpClient jdk = new JdkHttpClientBuilder().build();
    private volatile int status = 200;
    private HttpServer server;

    /** What is asked of the address that only machines of Azure's have is asked here. */
    private final HttpClient http = request -> jdk.send(new HttpRequest(
                    request.getHttpMethod(),
                    request.getUrl().toString().replace(METADATA, "http://127.0.0.1:%d/".formatted(port())))
            .setHeaders(request.getHeaders()));

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Metadata"));
            byte[] body = """
                    {"access_token": "a token", "expires_in": "3600", "expires_on": "4102444800",
                     "resource": "https://storage.azure.com", "token_type": "Bearer"}""".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Test
    void the_only_identity_of_a_machine_is_asked_for_by_no_name() {
        String token = AzureIdentity.ofMachine(AzureIdentity.MACHINE, http)
                .getTokenSync(FOR_STORAGE)
                .getToken();
        assertThat(token).isEqualTo("a token");
        assertThat(asked)
                .singleElement()
                .asString()
                .startsWith("/metadata/identity/oauth2/token?")
                .contains("resource=https%3A%2F%2Fstorage.azure.com")
                .doesNotContain("res_id", "client_id")
                .endsWith(" true");
    }

    @Test
    void one_of_several_is_asked_for_by_its_id() {
        AzureIdentity.ofMachine(OURS, http).getTokenSync(FOR_STORAGE);
        assertThat(asked).singleElement().asString().contains("res_id=").contains("ours");
    }

    @Test
    void a_machine_without_that_identity_says_so() {
        status = 400;
        assertThatThrownBy(() -> AzureIdentity.ofMachine(OURS, http).getTokenSync(FOR_STORAGE))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("anaged")
                .hasMessageNotContaining("a token");
    }
}
