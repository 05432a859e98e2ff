package io.gantry.acceptance.driver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Uploads that must not be taken, and the code by which each is refused. */
public enum HostileZip {
    NO_ZIP_AT_ALL("NOT_A_ZIP") {
        @Override
        public byte[] bytes() {
            return "This is no zip".getBytes(UTF_8);
        }
    },
    NOTHING_AT_ALL("EMPTY_ZIP") {
        @Override
        public byte[] bytes() {
            return new byte[0];
        }
    },
    CUT_IN_HALF("NOT_A_ZIP") {
        @Override
        public byte[] bytes() {
            var whole = zip("app.py");
            return Arrays.copyOf(whole, whole.length / 2);
        }
    },
    EMPTY("EMPTY_ZIP") {
        @Override
        public byte[] bytes() {
            return zip();
        }
    },
    UPWARDS("PATH_LEAVES_BUNDLE") {
        @Override
        public byte[] bytes() {
            return zip("app.py", "../x");
        }
    },
    ABSOLUTE("ABSOLUTE_PATH") {
        @Override
        public byte[] bytes() {
            return zip("app.py", "/etc/x");
        }
    },
    BACKSLASHES("BACKSLASH_IN_PATH") {
        @Override
        public byte[] bytes() {
            return zip("app.py", "code/..\\x");
        }
    },
    DRIVE("DRIVE_IN_PATH") {
        @Override
        public byte[] bytes() {
            return zip("app.py", "C:/x");
        }
    },
    LINK_TO_THE_OUTSIDE("SYMLINK") {
        @Override
        public byte[] bytes() {
            return written(zip -> {
                var link = new ZipArchiveEntry("secrets");
                link.setUnixMode(0120777);
                add(zip, link, "/etc/shadow".getBytes(UTF_8));
            });
        }
    },
    BOMB("RATIO_TOO_HIGH") {
        @Override
        public byte[] bytes() {
            return written(zip -> add(zip, new ZipArchiveEntry("zeros"), new byte[64 << 20]));
        }
    },
    TOO_MANY_FILES("TOO_MANY_ENTRIES") {
        @Override
        public byte[] bytes() {
            return written(zip -> {
                for (int file = 0; file <= 20_000; file++) {
                    add(zip, new ZipArchiveEntry("file" + file), new byte[0]);
                }
            });
        }
    },
    SAME_NAME_TWICE("DUPLICATE_PATH") {
        @Override
        public byte[] bytes() {
            return zip("app.py", "app.py");
        }
    },
    SAME_NAME_BUT_FOR_CASE("AMBIGUOUS_PATH") {
        @Override
        public byte[] bytes() {
            return zip("app.py", "App.py");
        }
    },
    LOCKED("ENCRYPTED") {
        @Override
        public byte[] bytes() {
            return saidToBeEncrypted(zip("app.py"));
        }
    },
    NOTHING_TO_GO_BY("NO_MANIFEST") {
        @Override
        public byte[] bytes() {
            return zip("notes.txt");
        }
    };

    private static final int LOCAL_FLAGS = 6;
    private static final int CENTRAL_FLAGS = 8;

    private final String code;

    HostileZip(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    public abstract byte[] bytes();

    private static byte[] zip(String... names) {
        return written(zip -> {
            for (String name : names) {
                add(zip, new ZipArchiveEntry(name), "hello".getBytes(UTF_8));
            }
        });
    }

    private static void add(ZipArchiveOutputStream zip, ZipArchiveEntry entry, byte[] content) throws IOException {
        zip.putArchiveEntry(entry);
        zip.write(content);
        zip.closeArchiveEntry();
    }

    private static byte[] written(Content content) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipArchiveOutputStream(bytes)) {
            content.into(zip);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    private static byte[] saidToBeEncrypted(byte[] zip) {
        for (int at = 0; at + 4 <= zip.length; at++) {
            if (zip[at] == 'P' && zip[at + 1] == 'K' && zip[at + 2] == 3 && zip[at + 3] == 4) {
                zip[at + LOCAL_FLAGS] |= 1;
            } else if (zip[at] == 'P' && zip[at + 1] == 'K' && zip[at + 2] == 1 && zip[at + 3] == 2) {
                zip[at + CENTRAL_FLAGS] |= 1;
            }
        }
        return zip;
    }

    private interface Content {
        void into(ZipArchiveOutputStream zip) throws IOException;
    }
}
