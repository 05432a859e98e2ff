package io.gantry.acceptance.azure;

import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.acceptance.driver.Rest;
import io.gantry.testkit.FreePorts;
import io.gantry.testkit.TestBroker;
import io.gantry.testkit.azure.FakeMetadata;
import io.gantry.testkit.azure.IdentityDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole service, from the code that images are built from, that the database knows by its machine's identity alone. */
class DatabaseByIdentityIT {
    private static final Path CODE = Path.of("..", "platform", "target", "platform");
    private static final String IDENTITY =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/platform";
    private static final String TOKEN = "a token that is no password of anybody";
    private static final String TRUSTED = "for a test";

    @TempDir
    Path folder;

    @Test
    void a_scheduler_makes_its_tables_serves_and_comes_back_when_its_connections_are_cut() throws Exception {
        try (IdentityDatabase database = IdentityDatabase.start();
                FakeMetadata metadata = FakeMetadata.start(TOKEN, InstantSource.system());
                TestBroker kafka = TestBroker.start()) {
            database.believes(TOKEN);
            int port = FreePorts.next();
            Path said = folder.resolve("said");
            Process scheduler = scheduler(database, metadata, kafka, port, said);
            try {
                awaitReady(port, scheduler, said);
                assertThat(ask(port)).isEqualTo(404);
                assertThat(sessions(database)).isNotEmpty().containsOnly("over TLS");
                assertThat(metadata.identities()).contains(IDENTITY);

                database.administer("select pg_terminate_backend(pid) from pg_stat_activity where usename = '%s'"
                        .formatted(IdentityDatabase.USER));
                await().untilAsserted(() -> assertThat(ask(port)).isEqualTo(404));
                assertThat(Files.readString(said)).doesNotContain(TOKEN);
            } finally {
                scheduler.destroyForcibly().waitFor();
            }
        }
    }

    private Process scheduler(IdentityDatabase database, FakeMetadata metadata, TestBroker kafka, int port, Path said)
            throws IOException, GeneralSecurityException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + CODE.resolve("options"),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx160m",
                        "-Djavax.net.ssl.trustStore=" + trusted(database),
                        "-Djavax.net.ssl.trustStorePassword=" + TRUSTED,
                        "-jar",
                        CODE.resolve("platform.jar").toString(),
                        "scheduler",
                        "--server.port=" + port,
                        "--spring.datasource.url="
                                + database.url(
                                        "?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory"),
                        "--spring.datasource.username=" + IdentityDatabase.USER,
                        "--gantry.database.identity=" + IDENTITY,
                        "--spring.kafka.bootstrap-servers=" + kafka.address(),
                        "--gantry.storage.connection-string=UseDevelopmentStorage=true",
                        "--scheduler.upload.folder=" + folder.resolve("uploads"))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(said.toFile()));
        builder.environment().put("AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1:" + metadata.port());
        return builder.start();
    }

    private Path trusted(IdentityDatabase database) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("database", database.keys().certificate());
        Path file = folder.resolve("trusted.p12");
        try (OutputStream stream = Files.newOutputStream(file)) {
            store.store(stream, TRUSTED.toCharArray());
        }
        return file;
    }

    private static void awaitReady(int port, Process scheduler, Path said) throws IOException {
        await().ignoreExceptions()
                .until(() -> !scheduler.isAlive()
                        || Rest.get(at(port, "/actuator/health/readiness")).status() == 200);
        assertThat(scheduler.isAlive()).as(Files.readString(said)).isTrue();
    }

    /** What the database alone can answer. */
    private static int ask(int port) {
        return Rest.get(at(port, "/api/v1/apps/nobody")).status();
    }

    private static URI at(int port, String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
    }

    private static List<String> sessions(IdentityDatabase database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url("?sslmode=require"), "gantry", "gantry");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select case when ssl then 'over TLS' else 'in the clear' end from pg_stat_ssl join pg_stat_activity using (pid) where usename = '%s'"
                                .formatted(IdentityDatabase.USER))) {
            List<String> sessions = new ArrayList<>();
            while (rows.next()) {
                sessions.add(rows.getString(1));
            }
            return sessions;
        }
    }
}
