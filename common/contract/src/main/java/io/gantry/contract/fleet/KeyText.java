package io.gantry.contract.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.contract.Sha256;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key as its holder has it: {@code gantry_<id>_<secret>}, the secret of 43 letters and digits, 256 bits. Whoever
 * knows the text may use the fleet, so it is shown to nobody but its holder, and kept by nobody else: others keep the
 * {@link #sha256()}. There is nothing to guess in 256 random bits, so no slow hash is needed.
 */
public final class KeyText {
    private static final Pattern FORM = Pattern.compile("gantry_([a-z0-9]{8,16})_[A-Za-z0-9_-]{43}");
    private static final String ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String SECRET_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + ID_ALPHABET;

    private final String id;
    private final String text;

    private KeyText(String id, String text) {
        this.id = id;
        this.text = text;
    }

    /** @param random one that nobody can foresee */
    public static KeyText draw(RandomGenerator random) {
        String id = draw(random, ID_ALPHABET, 8);
        return new KeyText(id, "gantry_" + id + "_" + draw(random, SECRET_ALPHABET, 43));
    }

    /** None if it is not of this form; whether there is such a key is for others to say. */
    public static Optional<KeyText> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new KeyText(form.group(1), text)) : Optional.empty();
    }

    public String id() {
        return id;
    }

    /** The whole key. */
    public String text() {
        return text;
    }

    /** Of the whole key, in hexadecimal digits. */
    public String sha256() {
        return Sha256.of(text.getBytes(UTF_8));
    }

    /** Takes as long whatever is wrong. */
    public boolean isOf(ApiKey key) {
        return MessageDigest.isEqual(sha256().getBytes(UTF_8), key.sha256().getBytes(UTF_8));
    }

    private static String draw(RandomGenerator random, String alphabet, int length) {
        StringBuilder drawn = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            drawn.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return drawn.toString();
    }

    /** The secret stays out of logs. */
    @Override
    public String toString() {
        return "gantry_" + id + "_…";
    }
}
