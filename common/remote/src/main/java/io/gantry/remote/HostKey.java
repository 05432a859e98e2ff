package io.gantry.remote;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public key that a machine proves itself with, written down when it was provisioned.
 *
 * @param type {@code ssh-ed25519}, {@code ecdsa-sha2-nistp256} or {@code ssh-rsa}
 * @param base64 the key, as in a known_hosts line
 */
public record HostKey(String type, String base64) {
    private static final Pattern LINE = Pattern.compile("([a-z0-9@.-]+)\\s+([A-Za-z0-9+/]+=*)(\\s.*)?");

    /** @param line {@code ssh-ed25519 AAAA...}, as in a known_hosts line without the host; a comment may follow */
    public static HostKey parse(String line) {
        Matcher matcher = LINE.matcher(line.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("A host key is written \"ssh-ed25519 AAAA...\"");
        }
        return new HostKey(matcher.group(1), matcher.group(2));
    }

    byte[] bytes() {
        return Base64.getDecoder().decode(base64);
    }

    /** What to ask the server for, so that it shows this key and not another of its keys. */
    String signatureAlgorithms() {
        return "ssh-rsa".equals(type) ? "rsa-sha2-512,rsa-sha2-256" : type;
    }

    @Override
    public String toString() {
        return type + " " + base64;
    }
}
