package io.gantry.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The name of a zip entry: read strictly, refused where it points anywhere but below the bundle's top. */
final class EntryName {
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern SLASH = Pattern.compile("/");
    private static final int LONGEST_PATH = 1024;
    private static final int LONGEST_PART = 255;
    private static final int SHOWN = 100;

    private EntryName() {}

    /** @return the path, without empty and {@code .} parts; empty for the top itself */
    static String checked(byte[] raw) {
        String name = decoded(raw);
        refuseWhatLeavesTheBundle(name);
        String path = SLASH.splitAsStream(name)
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .collect(Collectors.joining("/"));
        refuseWhatIsTooLong(path);
        return path;
    }

    /** What two paths have in common that some file systems take for the same. */
    static String folded(String path) {
        String composed = Normalizer.normalize(path, Normalizer.Form.NFC);
        return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** For messages: quoted, cut, without control characters. */
    static String shown(String name) {
        String harmless = CONTROL.matcher(name).replaceAll("?");
        return '"' + (harmless.length() > SHOWN ? harmless.substring(0, SHOWN) + "..." : harmless) + '"';
    }

    private static String decoded(byte[] raw) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
        } catch (CharacterCodingException notUtf8) {
            throw BundleRefused.entry(
                    Refusal.PATH_NOT_UTF8, new String(raw, UTF_8), "is a name that is not UTF-8", notUtf8);
        }
    }

    private static void refuseWhatLeavesTheBundle(String name) {
        if (CONTROL.matcher(name).find()) {
            throw BundleRefused.entry(
                    Refusal.CONTROL_CHARACTER_IN_PATH,
                    name,
                    "is a name with a NUL, newline or other control character");
        }
        if (name.indexOf('\\') >= 0) {
            throw BundleRefused.entry(
                    Refusal.BACKSLASH_IN_PATH, name, "is a name with a backslash: use / between folders");
        }
        if (name.startsWith("/")) {
            throw BundleRefused.entry(Refusal.ABSOLUTE_PATH, name, "is an absolute path");
        }
        if (DRIVE.matcher(name).matches()) {
            throw BundleRefused.entry(Refusal.DRIVE_IN_PATH, name, "is a path on a drive");
        }
        if (Arrays.asList(SLASH.split(name, -1)).contains("..")) {
            throw BundleRefused.entry(Refusal.PATH_LEAVES_BUNDLE, name, "is a path that leads out of the bundle");
        }
    }

    private static void refuseWhatIsTooLong(String path) {
        boolean longPart = SLASH.splitAsStream(path).anyMatch(part -> part.getBytes(UTF_8).length > LONGEST_PART);
        if (longPart || path.getBytes(UTF_8).length > LONGEST_PATH) {
            throw BundleRefused.entry(
                    Refusal.PATH_TOO_LONG,
                    path,
                    "is too long: at most %d bytes, %d for each part".formatted(LONGEST_PATH, LONGEST_PART));
        }
    }
}
