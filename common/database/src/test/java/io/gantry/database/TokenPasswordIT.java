package io.gantry.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import io.gantry.identity.AzureIdentity;
import io.gantry.testkit.azure.IdentityDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a database as Azure's; the metadata service is played. */
class TokenPasswordIT {
    private static final String METADATA = "http://169.254.169.254/";

    private static IdentityDatabase database;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpClient jdk = new JdkHttpClientBuilder().build();
    private volatile String token = "the first token";
    private HttpServer metadata;

    /** What is asked of the address that only machines of Azure's have is asked here. */
    private final HttpClient http = request -> jdk.send(
            new HttpRequest(request.getHttpMethod(), request.getUrl().toString().replace(METADATA, address()))
                    .setHeaders(request.getHeaders()));

    @BeforeAll
    static void start() throws SQLException {
        database = IdentityDatabase.start();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void startMetadata() throws IOException {
        metadata = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        metadata.createContext("/", this::answer);
        metadata.start();
    }

    @AfterEach
    void stopMetadata() {
        metadata.stop(0);
    }

    private String address() {
        return "http://127.0.0.1:%d/".formatted(metadata.getAddress().getPort());
    }

    /** Each is about to end when it is given, so that nobody keeps it. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestURI().toString());
            long end = InstantSource.system().instant().getEpochSecond() + 60;
            byte[] body = """
                    {"access_token": "%s", "expires_in": "60", "expires_on": "%d", "resource": "r", "token_type": "Bearer"}""".formatted(token, end).getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(token.isEmpty() ? 400 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private HikariDataSource pool(String more) {
        TokenCredential identity = AzureIdentity.ofMachine(AzureIdentity.MACHINE, http);
        var pool = new HikariDataSource();
        pool.setJdbcUrl(database.url(more));
        pool.setMinimumIdle(0);
        pool.setMaximumPoolSize(2);
        pool.setUsername(IdentityDatabase.USER);
        pool.setPassword("as settings have it, for nothing");
        pool.setCredentialsProvider(new TokenPassword(IdentityDatabase.USER, AzureIdentity.MACHINE, identity));
        return pool;
    }

    @Test
    void each_new_connection_signs_in_by_the_token_of_its_time_and_those_that_are_there_go_on() throws SQLException {
        database.believes("the first token");
        try (HikariDataSource pool = pool("?sslmode=require");
                Connection first = pool.getConnection()) {
            assertThat(whoIs(first)).isEqualTo("shop over TLS");
            token = "the second token";
            database.believes("the second token");
            try (Connection second = pool.getConnection()) {
                assertThat(whoIs(second)).isEqualTo("shop over TLS");
            }
            assertThat(whoIs(first)).isEqualTo("shop over TLS");
        }
        assertThat(asked)
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(
                        uri -> assertThat(uri).contains("resource=https%3A%2F%2Fossrdbms-aad.database.windows.net"));
    }

    private static String whoIs(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select current_user || case when ssl then ' over TLS' else '' end from pg_stat_ssl where pid = pg_backend_pid()")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void a_token_that_the_database_does_not_believe_lets_nobody_in() throws SQLException {
        database.believes("another token");
        try (HikariDataSource pool = pool("?sslmode=require")) {
            assertThatThrownBy(pool::getConnection)
                    .hasStackTraceContaining("password authentication failed for user \"shop\"")
                    .hasMessageNotContaining(token);
        }
    }

    @Test
    void without_tls_nobody_is_let_in() throws SQLException {
        database.believes("the first token");
        try (HikariDataSource pool = pool("?sslmode=disable")) {
            assertThatThrownBy(pool::getConnection).hasStackTraceContaining("no encryption");
        }
    }

    @Test
    void a_machine_that_is_nobody_in_azure_says_so() {
        token = "";
        try (HikariDataSource pool = pool("?sslmode=require")) {
            assertThatThrownBy(pool::getConnection)
                    .hasStackTraceContaining("see whether this machine has the identity \"machine\"");
        }
    }
}
