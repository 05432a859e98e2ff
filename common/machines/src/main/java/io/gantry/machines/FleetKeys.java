package io.gantry.machines;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import io.gantry.contract.Names;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The key pair of a fleet: made once, never overwritten.
 *
 * @param privateKey a file that only its owner reads
 * @param publicKey as in an authorized_keys line
 */
public record FleetKeys(Path privateKey, String publicKey) {
    private static final String FILE = "id_ed25519";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** The pair in a folder; the folder and the pair are made where they are missing. */
    public static FleetKeys in(Path folder, String fleet) {
        if (!Names.isValid(fleet)) {
            throw new IllegalArgumentException(Names.problem("fleet", fleet));
        }
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, OWNER_ONLY);
            if (!Files.exists(file)) {
                make(file, comment(fleet));
            }
            return pairOf(file, comment(fleet));
        } catch (IOException | JSchException failure) {
            throw new MachineFailure(
                    MachineFailure.Reason.KEY_REFUSED,
                    "The fleet's key %s can't be read or made: %s. See that the folder is yours and has space."
                            .formatted(file, failure.getMessage()),
                    failure);
        }
    }

    /**
     * The pair of a private key that lies somewhere already.
     *
     * @throws MachineFailure {@code KEY_REFUSED} if it can't be read
     */
    public static FleetKeys read(Path privateKey, String fleet) {
        try {
            return pairOf(privateKey, comment(fleet));
        } catch (JSchException failure) {
            throw new MachineFailure(
                    MachineFailure.Reason.KEY_REFUSED,
                    "The fleet's key %s can't be read: %s.".formatted(privateKey, failure.getMessage()),
                    failure);
        }
    }

    private static String comment(String fleet) {
        return "gantry-" + fleet;
    }

    /** Whole before it appears under its name; whoever comes second leaves the first one's. */
    private static void make(Path file, String comment) throws IOException, JSchException {
        Path fresh = Files.createTempFile(file.getParent(), FILE, ".new", PRIVATE);
        try {
            write(fresh, comment);
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            Files.delete(fresh);
            return;
        }
        Files.delete(fresh);
    }

    private static void write(Path file, String comment) throws IOException, JSchException {
        KeyPair pair = KeyPair.genKeyPair(new JSch(), KeyPair.ED25519);
        pair.setPublicKeyComment(comment);
        try (OutputStream out = Files.newOutputStream(file)) {
            pair.writeOpenSSHv1PrivateKey(out, null);
        } finally {
            pair.dispose();
        }
    }

    private static FleetKeys pairOf(Path file, String comment) throws JSchException {
        KeyPair pair = KeyPair.load(new JSch(), file.toString());
        var line = new ByteArrayOutputStream();
        try {
            pair.writePublicKey(line, comment);
        } finally {
            pair.dispose();
        }
        return new FleetKeys(file, line.toString(StandardCharsets.UTF_8).strip());
    }
}
