package io.gantry.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.okhttp.OkHttpAsyncHttpClientBuilder;
import com.azure.storage.blob.BlobServiceClient;
import io.gantry.testkit.azure.ServerKeys;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import reactor.core.publisher.Mono;

/** Against a real Azurite that is spoken to over TLS, by a token of Azure's, whose form it looks at. */
class AzureBlobStoreByIdentityIT implements BlobStoreContract {
    private static final int PORT = 10_000;
    private static final long START = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();
    private static final long END = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();
    private static final String OF_STORAGE = "https://storage.azure.com";

    private static final ServerKeys KEYS = ServerKeys.make(List.of("dns:localhost", "ip:127.0.0.1"));
    private static final GenericContainer<?> AZURITE = new GenericContainer<>("gantry/azurite:1")
            .withExposedPorts(PORT)
            .withCopyToContainer(Transferable.of(KEYS.pem()), "/etc/azurite.pem")
            .withCopyToContainer(Transferable.of(KEYS.privateKeyPem()), "/etc/azurite.key")
            .withCommand(
                    "node", "start.js", "--oauth", "basic", "--cert", "/etc/azurite.pem", "--key", "/etc/azurite.key")
            .waitingFor(Wait.forListeningPort().withStartupTimeout(Duration.ofMinutes(3)));

    @BeforeAll
    static void start() {
        AZURITE.start();
    }

    @AfterAll
    static void stop() {
        AZURITE.close();
    }

    @Override
    public BlobStore store() {
        return storeFor(OF_STORAGE);
    }

    /** @param audience whom the token is for */
    private static BlobStore storeFor(String audience) {
        return new AzureBlobStore(accountFor(audience), "bundles");
    }

    private static BlobServiceClient accountFor(String audience) {
        TokenCredential identity = _ -> Mono.just(new AccessToken(token(audience), OffsetDateTime.MAX));
        URI endpoint = URI.create("https://127.0.0.1:%d/devstoreaccount1".formatted(AZURITE.getMappedPort(PORT)));
        return Accounts.of(endpoint, identity, trusting());
    }

    private static OkHttpAsyncHttpClientBuilder trusting() {
        return new OkHttpAsyncHttpClientBuilder(new OkHttpClient.Builder()
                .sslSocketFactory(KEYS.trusting().getSocketFactory(), KEYS.trust())
                .build());
    }

    /** Azurite believes it without a signature. */
    private static String token(String audience) {
        return part("{\"alg\": \"none\", \"typ\": \"JWT\"}")
                + "."
                + part("""
                        {"aud": "%s", "iss": "https://sts.windows.net/a/", "oid": "o", "tid": "t", "iat": %d, "nbf": %d, "exp": %d}""".formatted(audience, START, START, END))
                + "."
                + part("signature");
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    @Test
    void a_token_for_somebody_else_lets_nobody_in() {
        BlobStore other = storeFor("https://management.azure.com");
        assertThatThrownBy(() -> other.exists("x")).isInstanceOf(BlobStoreUnavailable.class);
    }

    @Test
    void an_identity_grants_by_a_key_that_azure_gives_it(@TempDir Path folder) throws Exception {
        var landing = new AzureLanding(accountFor(OF_STORAGE), "bundles-landing", true);
        Instant now = InstantSource.system().instant();
        URI address =
                landing.grant("a", now.minusSeconds(300), now.plusSeconds(300)).orElseThrow();
        assertThat(address.getQuery())
                .contains("sr=b", "sp=cw", "spr=https", "skoid=")
                .doesNotContain("https,http");
        Path file = Files.write(folder.resolve("file"), new byte[20 << 20]);
        GrantedBlob.put(address, file, _ -> {}, trusting());
        assertThat(landing.open("a")).hasSameContentAs(Files.newInputStream(file));
        landing.discard("a");
        assertThatThrownBy(() -> landing.open("a")).isInstanceOf(NoSuchBlob.class);
    }
}
