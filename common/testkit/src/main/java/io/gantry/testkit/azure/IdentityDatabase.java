package io.gantry.testkit.azure;

import static io.gantry.testkit.Patience.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;

/** A real PostgreSQL that takes a password in the clear, over TLS alone, as Azure's does: the token of an identity, as far as it is told. */
public final class IdentityDatabase implements AutoCloseable {
    /** As whom an identity signs in. */
    public static final String USER = "shop";

    private static final int PORT = 5432;
    private static final String OWNER = "gantry";

    private final ServerKeys keys = ServerKeys.make(List.of("ip:127.0.0.1"));
    private final GenericContainer<?> postgres = new GenericContainer<>("gantry/postgres:1")
            .withExposedPorts(PORT)
            .withCopyToContainer(Transferable.of(keys.pem()), "/tls/certificate.pem")
            .withCopyToContainer(Transferable.of(keys.privateKeyPem()), "/tls/key.pem")
            .waitingFor(
                    Wait.forLogMessage(".*ready to accept connections.*", 1).withStartupTimeout(Duration.ofMinutes(3)));

    private IdentityDatabase() {}

    public static IdentityDatabase start() throws SQLException {
        var database = new IdentityDatabase();
        try {
            database.postgres.start();
            database.letInOverTls();
            return database;
        } catch (RuntimeException | SQLException failure) {
            database.close();
            throw failure;
        }
    }

    /** Its server wants a key that nobody else can read. */
    private void letInOverTls() throws SQLException {
        run("install -m 0600 /tls/key.pem /tmp/key.pem");
        run("sed -i '1i hostssl all %1$s all password\\nhostnossl all %1$s all reject' $PGDATA/pg_hba.conf"
                .formatted(USER));
        administer(
                "create role %s login".formatted(USER),
                "grant create on database gantry to %s".formatted(USER),
                "alter system set ssl_cert_file = '/tls/certificate.pem'",
                "alter system set ssl_key_file = '/tmp/key.pem'",
                "alter system set ssl = on",
                "select pg_reload_conf()");
        await().ignoreExceptions()
                .untilAsserted(() -> DriverManager.getConnection(url("?sslmode=require"), OWNER, OWNER)
                        .close());
    }

    private void run(String command) {
        try {
            ExecResult result = postgres.execInContainer("bash", "-c", command);
            if (result.getExitCode() != 0) {
                throw new IllegalStateException(command + ": " + result.getStderr());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ended);
        }
    }

    /** From now on it lets in who has this token. */
    public void believes(String token) throws SQLException {
        administer("alter role %s password '%s'".formatted(USER, token));
    }

    public void administer(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(""), OWNER, OWNER);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** @param more what is said of TLS, as in {@code ?sslmode=require} */
    public String url(String more) {
        return "jdbc:postgresql://127.0.0.1:%d/gantry%s".formatted(postgres.getMappedPort(PORT), more);
    }

    /** By which its certificate is believed. */
    public ServerKeys keys() {
        return keys;
    }

    @Override
    public void close() {
        postgres.close();
    }
}
