package io.gantry.bootstrapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrapper.backup.BackupWriter;
import io.gantry.bootstrapper.backup.Manifest;
import io.gantry.bootstrapper.backup.Passphrase;
import io.gantry.bootstrapper.platform.Addresses;
import io.gantry.bootstrapper.session.Contexts;
import io.gantry.machines.FleetKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a backup before any machine is touched. Its fleet is one host that nobody answers at. */
class BackupTest {
    private static final String PASSPHRASE = "correct horse battery staple";
    private static final String HOST_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEGmS8xLyNOt1r9hTHk1TzWdVsy3mUB8rYpCVsbVJ2ax";

    @TempDir
    private Path folder;

    private Path backup;
    private Path passphrase;

    @BeforeEach
    void write() throws IOException {
        backup = folder.resolve("shop.backup");
        passphrase = Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
        Path key = Files.writeString(folder.resolve("my-key"), "none");
        var manifest = new Manifest(
                "0123", "shop", "0.1.0", Run.NOW.minus(Duration.ofHours(3)), new Manifest.Database(9, Map.of()));
        try (var writer = BackupWriter.create(backup, false, new Passphrase(PASSPHRASE), manifest)) {
            add(writer, "fleet/fleet.yaml", """
                    name: shop
                    provider: static
                    machines: [{name: rack, address: 127.0.0.1, ssh: {user: ops, port: 1, keyFile: %s}}]
                    """.formatted(key));
            add(writer, "fleet/known_hosts", "[127.0.0.1]:1 %s rack\n".formatted(HOST_KEY));
            add(writer, "fleet/id_ed25519", Files.readString(keyOf("shop")));
            add(writer, "database.dump", "a dump");
            writer.finish();
        }
    }

    /** A fleet's real key: what lists machines makes none. */
    private Path keyOf(String fleet) {
        return FleetKeys.in(folder.resolve("keys"), fleet).privateKey();
    }

    private static void add(BackupWriter writer, String name, String content) throws IOException {
        writer.add(name, out -> out.write(content.getBytes(UTF_8)));
    }

    @Test
    void a_backup_is_read_through_and_told_of() {
        Run run = gantry("backup", "--verify", backup.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Backup of the fleet shop, taken 2026-03-01T09:00:00Z (3h ago)")
                .contains("database of 6 B, no bundles");
        assertThat(gantry("backup", "--verify", backup.toString(), "--json").out())
                .contains("\"takenAt\" : \"2026-03-01T09:00:00Z\"")
                .contains("\"name\" : \"database.dump\"");
    }

    @Test
    void who_comes_back_from_it_is_shown_what_becomes_of_what_and_asked_before_anything_is_done() throws IOException {
        Run run = gantry("recover", "--from", backup.toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err())
                .contains("taken 2026-03-01T09:00:00Z (3h ago)")
                .contains("rack")
                .contains("unreachable")
                .contains("The database becomes what it was then")
                .contains("Nobody is there to confirm")
                .contains("gantry recover --from BACKUP --yes");
        assertThat(left()).containsExactly(".lock");
    }

    @Test
    void a_damaged_backup_or_another_passphrase_changes_nothing() throws IOException {
        Files.writeString(passphrase, "another horse battery staple");
        Run locked = gantry("recover", "--from", backup.toString(), "--yes");
        assertThat(locked.exitCode()).isEqualTo(4);
        assertThat(locked.err()).contains("the passphrase is another one, or the file is damaged");

        Files.writeString(backup, "no backup");
        Run none = gantry("recover", "--from", backup.toString(), "--yes");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("is no backup of a fleet");
        assertThat(fleets()).doesNotExist();
    }

    @Test
    void another_fleet_of_the_same_name_is_left_alone() throws IOException {
        Path known = Files.createDirectories(fleets().resolve("shop"));
        Files.writeString(known.resolve("id_ed25519"), "another key");

        Run run = gantry("recover", "--from", backup.toString(), "--yes");

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err())
                .contains("This computer knows another fleet of the name shop")
                .contains("--force");
        assertThat(known.resolve("id_ed25519")).hasContent("another key");
    }

    @Test
    void a_file_of_another_fleet_is_refused() throws IOException {
        Path other = Files.writeString(folder.resolve("other.yaml"), "name: other\n");

        Run run = gantry("recover", "--from", backup.toString(), "-f", other.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("The backup is of the fleet shop, the file is of other");
    }

    @Test
    void the_passphrase_is_asked_for_twice_and_not_taken_too_short() throws IOException {
        Path target = folder.resolve("new.backup");
        knowFleet();

        Run tooShort = answering("short\n", target);
        assertThat(tooShort.exitCode()).isEqualTo(2);
        assertThat(tooShort.err()).contains("The passphrase has 5 characters");

        Run twice = answering("correct horse battery\ncorrect horse buttery\n", target);
        assertThat(twice.exitCode()).isEqualTo(2);
        assertThat(twice.err()).contains("These were two passphrases");
        assertThat(target).doesNotExist();
    }

    @Test
    void without_anybody_there_it_has_to_be_in_a_file() throws IOException {
        knowFleet();
        Run run = Run.elsewhere(
                Map.of(),
                new Contexts(folder.resolve("config")),
                "backup",
                folder.resolve("new.backup").toString(),
                "-f",
                file().toString(),
                "--fleets-dir",
                fleets().toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Nobody is there to type the passphrase").contains("--passphrase-file");
    }

    @Test
    void a_file_that_is_there_is_not_overwritten() {
        Run run = gantry("backup", backup.toString());

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err()).contains("is there already").contains("--force");
    }

    private Path file() throws IOException {
        return Files.writeString(folder.resolve("shop.yaml"), "name: shop\n");
    }

    private void knowFleet() throws IOException {
        Files.writeString(Files.createDirectories(fleets().resolve("shop")).resolve("fleet.yaml"), "name: shop\n");
    }

    private Path fleets() {
        return folder.resolve("fleets");
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(fleets().resolve("shop"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private Run answering(String typed, Path target) throws IOException {
        return Run.answering(
                typed,
                Addresses.onThisMachine(0),
                "backup",
                target.toString(),
                "-f",
                file().toString(),
                "--fleets-dir",
                fleets().toString());
    }

    private Run gantry(String... args) {
        var all = Stream.concat(
                Stream.of(args),
                Stream.of("--passphrase-file", passphrase.toString(), "--fleets-dir", fleets().toString()));
        return Run.elsewhere(Map.of(), new Contexts(folder.resolve("config")), all.toArray(String[]::new));
    }
}
