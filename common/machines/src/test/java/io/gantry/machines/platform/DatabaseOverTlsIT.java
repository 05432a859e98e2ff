package io.gantry.machines.platform;

import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.testkit.azure.ServerKeys;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;

/** A real PostgreSQL with a certificate for 127.0.0.1, asked as services of a fleet ask it. */
class DatabaseOverTlsIT {
    private static final int PORT = 5432;
    private static final String USER = "gantry";
    private static final ServerKeys KEYS = ServerKeys.make(List.of("ip:127.0.0.1"));
    private static final GenericContainer<?> POSTGRES = new GenericContainer<>("gantry/postgres:1")
            .withExposedPorts(PORT)
            .withCopyToContainer(Transferable.of(KEYS.pem()), "/tls/certificate.pem")
            .withCopyToContainer(Transferable.of(KEYS.privateKeyPem()), "/tls/key.pem")
            .waitingFor(
                    Wait.forLogMessage(".*ready to accept connections.*", 1).withStartupTimeout(Duration.ofMinutes(3)));

    private final SSLContext ofJava = SSLContext.getDefault();

    DatabaseOverTlsIT() throws NoSuchAlgorithmException {}

    /** Its server wants a key that nobody else can read. */
    @BeforeAll
    static void startWithTls() throws Exception {
        POSTGRES.start();
        assertThat(POSTGRES.execInContainer("install", "-m", "0600", "/tls/key.pem", "/tmp/key.pem")
                        .getExitCode())
                .isZero();
        try (Connection connection = connection("127.0.0.1", "");
                Statement statement = connection.createStatement()) {
            statement.execute("alter system set ssl_cert_file = '/tls/certificate.pem'");
            statement.execute("alter system set ssl_key_file = '/tmp/key.pem'");
            statement.execute("alter system set ssl = on");
            statement.execute("select pg_reload_conf()");
        }
        await().ignoreExceptions()
                .untilAsserted(() -> connection("127.0.0.1", "?sslmode=require").close());
    }

    @AfterAll
    static void stop() {
        POSTGRES.close();
    }

    @AfterEach
    void trustAsBefore() {
        SSLContext.setDefault(ofJava);
    }

    private static Connection connection(String host, String more) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/gantry%s".formatted(host, POSTGRES.getMappedPort(PORT), more), USER, USER);
    }

    @Test
    void one_whose_certificate_java_believes_is_spoken_to_encrypted() throws SQLException {
        SSLContext.setDefault(KEYS.trusting());
        try (Connection connection = connection("127.0.0.1", Backing.OVER_TLS);
                Statement statement = connection.createStatement();
                ResultSet encrypted =
                        statement.executeQuery("select ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
            assertThat(encrypted.next()).isTrue();
            assertThat(encrypted.getBoolean(1)).isTrue();
        }
    }

    @Test
    void a_certificate_for_another_address_is_none() {
        SSLContext.setDefault(KEYS.trusting());
        assertThatThrownBy(() -> connection("localhost", Backing.OVER_TLS))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("localhost");
    }

    @Test
    void one_that_nobody_vouches_for_is_told_nothing() {
        assertThatThrownBy(() -> connection("127.0.0.1", Backing.OVER_TLS))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("SSL");
    }
}
