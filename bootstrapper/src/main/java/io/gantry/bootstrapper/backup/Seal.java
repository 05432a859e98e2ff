package io.gantry.bootstrapper.backup;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.streamingaead.AesGcmHkdfStreamingKey;
import com.google.crypto.tink.streamingaead.PredefinedStreamingAeadParameters;
import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import com.google.crypto.tink.util.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Encrypts what follows a header, and proves that it is as it was written: Tink's AES256_GCM_HKDF_1MB, in segments none of which can be
 * changed, moved or cut off, by a key that follows from a passphrase.
 */
final class Seal {
    private static final int KEY_BITS = 256;
    private static final String DERIVATION = "PBKDF2WithHmacSHA256";

    private final StreamingAead aead;
    private final byte[] header;

    private Seal(StreamingAead aead, byte[] header) {
        this.aead = aead;
        this.header = header;
    }

    /** Takes a moment, on purpose. */
    @AccessesPartialKey
    static Seal of(Header header, Passphrase passphrase) {
        byte[] key = new byte[0];
        try {
            key = derive(header, passphrase);
            return new Seal(
                    AesGcmHkdfStreaming.create(AesGcmHkdfStreamingKey.create(
                            PredefinedStreamingAeadParameters.AES256_GCM_HKDF_1MB,
                            SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))),
                    header.bytes());
        } catch (GeneralSecurityException noSuchJdk) {
            throw new IllegalStateException(noSuchJdk);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] derive(Header header, Passphrase passphrase) throws GeneralSecurityException {
        var spec = new PBEKeySpec(passphrase.text().toCharArray(), header.salt(), header.rounds(), KEY_BITS);
        try {
            return SecretKeyFactory.getInstance(DERIVATION).generateSecret(spec).getEncoded();
        } finally {
            spec.clearPassword();
        }
    }

    /** What is written there is encrypted; whole only when it is closed. */
    OutputStream over(OutputStream out) throws IOException {
        try {
            return aead.newEncryptingStream(out, header);
        } catch (GeneralSecurityException noSuchJdk) {
            throw new IllegalStateException(noSuchJdk);
        }
    }

    /** Reading throws an {@link IOException} where it is not as it was written. */
    InputStream off(InputStream in) throws IOException {
        try {
            return aead.newDecryptingStream(in, header);
        } catch (GeneralSecurityException noSuchJdk) {
            throw new IllegalStateException(noSuchJdk);
        }
    }
}
