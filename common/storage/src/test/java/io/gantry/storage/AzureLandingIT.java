package io.gantry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.ListBlobsOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Azurite, by its account's key; somebody else has the address alone. */
class AzureLandingIT {
    private static final Azurite AZURITE = new Azurite();
    private static final HttpClient SOMEBODY = HttpClient.newHttpClient();
    private static final Instant NOW = InstantSource.system().instant();
    private static final Instant BEFORE = NOW.minus(Duration.ofHours(1));
    private static final Instant LATER = NOW.plus(Duration.ofHours(1));

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        AZURITE.start();
    }

    @AfterAll
    static void stop() {
        AZURITE.close();
    }

    @Test
    void what_is_put_at_a_granted_address_is_read_back() throws IOException {
        Path file = noise(40);
        Set<Long> progress = Collections.synchronizedSet(new HashSet<>());
        GrantedBlob.put(granted("a"), file, progress::add);
        assertThat(landing().open("a")).hasSameContentAs(Files.newInputStream(file));
        assertThat(progress).hasSize(5).contains(40L << 20);
    }

    @Test
    void by_the_address_nobody_reads_deletes_or_lists() throws Exception {
        URI address = granted("b");
        GrantedBlob.put(address, noise(1), _ -> {});
        assertThat(status("GET", address)).isEqualTo(403);
        assertThat(status("DELETE", address)).isEqualTo(403);
        assertThat(status("GET", URI.create(address.toString().replace("/b?", "?restype=container&comp=list&"))))
                .isEqualTo(403);
        assertThat(landing().open("b")).isNotEmpty();
    }

    @Test
    void by_the_address_nobody_puts_anything_else() throws Exception {
        BlobStore bundles = new AzureBlobStore(AZURITE.settings("bundles"));
        Path bundle = Files.writeString(folder.resolve("bundle"), "what was checked");
        bundles.put("artifact.zip", bundle);
        URI address = granted("c");
        URI neighbour = URI.create(address.toString().replace("/c?", "/d?"));
        URI artifact = URI.create(address.toString().replace("/bundles-landing/c?", "/bundles/artifact.zip?"));
        for (URI other : List.of(neighbour, artifact)) {
            assertThat(other).isNotEqualTo(address);
            assertThat(status("PUT", other)).isEqualTo(403);
            assertThatThrownBy(() -> GrantedBlob.put(other, bundle, _ -> {})).isInstanceOf(BlobStoreUnavailable.class);
        }
        assertThat(bundles.open("artifact.zip")).hasSameContentAs(Files.newInputStream(bundle));
    }

    @Test
    void an_address_that_has_expired_is_good_for_nothing() throws IOException {
        Path file = noise(1);
        URI address =
                landing().grant("e", BEFORE, NOW.minus(Duration.ofMinutes(1))).orElseThrow();
        assertThatThrownBy(() -> GrantedBlob.put(address, file, _ -> {}))
                .isInstanceOf(BlobStoreUnavailable.class)
                .hasMessageNotContaining("sig=");
    }

    @Test
    void what_is_put_while_another_is_read_is_not_mixed_with_that() throws IOException {
        URI address = granted("f");
        GrantedBlob.put(address, noise(20), _ -> {});
        try (InputStream half = landing().open("f")) {
            half.readNBytes(1 << 20);
            GrantedBlob.put(address, noise(21), _ -> {});
            assertThatThrownBy(half::readAllBytes).hasMessageContaining("ConditionNotMet");
        }
    }

    @Test
    void blocks_without_a_list_are_no_blob_and_are_discarded_all_the_same() throws Exception {
        URI block = URI.create(granted("g") + "&comp=block&blockid=AAAA");
        assertThat(status("PUT", block)).isEqualTo(201);
        assertThatThrownBy(() -> landing().open("g")).isInstanceOf(NoSuchBlob.class);
        assertThat(everything()).contains("g");
        landing().discard("g");
        landing().discard("g");
        assertThat(everything()).doesNotContain("g");
    }

    @Test
    void a_blob_is_discarded() throws IOException {
        GrantedBlob.put(granted("h"), noise(1), _ -> {});
        landing().discard("h");
        assertThatThrownBy(() -> landing().open("h")).isInstanceOf(NoSuchBlob.class);
        assertThat(everything()).doesNotContain("h");
    }

    @Test
    void where_nobody_was_ever_let_in_there_is_nothing_to_discard() {
        var untouched = new AzureLanding(Accounts.of(AZURITE.settings("x")), "untouched", false);
        untouched.discard("i");
        assertThatThrownBy(() -> untouched.open("i")).isInstanceOf(NoSuchBlob.class);
    }

    private static Landing landing() {
        return AzureLanding.of(
                new StorageSettings(AZURITE.connectionString(), null, "bundles", null, null, Boolean.TRUE));
    }

    private static URI granted(String key) {
        return landing().grant(key, BEFORE, LATER).orElseThrow();
    }

    /** Blobs, and what was sent of others. */
    private static List<String> everything() {
        BlobContainerClient container =
                Accounts.of(AZURITE.settings("bundles")).getBlobContainerClient("bundles-landing");
        var all = new ListBlobsOptions().setDetails(new BlobListDetails().setRetrieveUncommittedBlobs(true));
        return container.listBlobs(all, null).stream()
                .map(blob -> blob.getName())
                .toList();
    }

    private static int status(String method, URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofMinutes(1))
                .header("x-ms-blob-type", "BlockBlob")
                .method(method, "PUT".equals(method) ? BodyPublishers.ofString("x") : BodyPublishers.noBody())
                .build();
        return SOMEBODY.send(request, BodyHandlers.discarding()).statusCode();
    }

    private Path noise(int mebibytes) throws IOException {
        byte[] noise = new byte[mebibytes << 20];
        new Random(mebibytes).nextBytes(noise);
        return Files.write(folder.resolve(mebibytes + "-mebibytes"), noise);
    }
}
