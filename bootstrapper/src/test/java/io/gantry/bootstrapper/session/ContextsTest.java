package io.gantry.bootstrapper.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.bootstrapper.platform.Gate;
import io.gantry.contract.fleet.KeyText;
import io.gantry.remote.HostKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextsTest {
    private static final String KEY = KeyText.draw(new SecureRandom()).text();
    private static final List<String> SERVERS = List.of("http://10.42.0.4:7070");
    private static final Gate GATE = new Gate(
            URI.create("ssh://gantry@20.0.113.4:22"),
            HostKey.parse("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl0"),
            Path.of("/home/me/fleets/sky/id_ed25519"));

    private static final Gate SECOND =
            new Gate(URI.create("ssh://gantry@20.0.113.5:22"), GATE.hostKey(), GATE.privateKey());

    @TempDir
    Path folder;

    @Test
    void gates_are_kept_with_what_is_behind_them() {
        var sky = Contexts.Context.of("sky", SERVERS, KEY, List.of(GATE, SECOND));
        new Contexts(folder).save(sky);
        assertThat(new Contexts(folder).named("sky")).usingRecursiveComparison().isEqualTo(sky);
    }

    @Test
    void one_that_was_kept_before_there_could_be_several_is_read() throws IOException {
        var contexts = new Contexts(folder);
        contexts.save(Contexts.Context.of("sky", SERVERS, KEY, List.of(GATE)));
        Path file = folder.resolve("contexts/sky.json");
        Files.writeString(
                file, Files.readString(file).replace("\"gates\":[", "\"gate\":").replace("}]", "}"));
        assertThat(contexts.named("sky").gates()).containsExactly(GATE);
    }

    @Test
    void most_fleets_have_none() throws IOException {
        var shop = Contexts.Context.of("shop", SERVERS, KEY, List.of());
        new Contexts(folder).save(shop);
        assertThat(new Contexts(folder).named("shop"))
                .usingRecursiveComparison()
                .isEqualTo(shop);
        assertThat(folder.resolve("contexts/shop.json")).content().doesNotContain("gate");
    }

    @Test
    void a_gate_without_a_host_key_is_never_gone_through() throws IOException {
        var contexts = new Contexts(folder);
        contexts.save(Contexts.Context.of("sky", SERVERS, KEY, List.of(GATE)));
        Path file = folder.resolve("contexts/sky.json");
        Files.writeString(file, Files.readString(file).replaceFirst("ssh-ed25519 [^\"]+", ""));
        assertThatThrownBy(() -> contexts.named("sky"))
                .isInstanceOf(GaveUpException.class)
                .hasMessage("The context sky can't be read");
    }
}
