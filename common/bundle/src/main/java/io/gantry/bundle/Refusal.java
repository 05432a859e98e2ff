package io.gantry.bundle;

/** Why a bundle is not taken. The names are stable: they are the codes that users see. */
public enum Refusal {
    /** The bytes are no zip, or one that was cut, or one with foreign bytes before or after it. */
    NOT_A_ZIP,
    EMPTY_ZIP,
    ZIP_TOO_LARGE,
    TOO_MANY_ENTRIES,
    UNPACKED_TOO_LARGE,
    RATIO_TOO_HIGH,
    PATH_LEAVES_BUNDLE,
    ABSOLUTE_PATH,
    DRIVE_IN_PATH,
    BACKSLASH_IN_PATH,
    CONTROL_CHARACTER_IN_PATH,
    PATH_NOT_UTF8,
    PATH_TOO_LONG,
    /** Every symbolic link is refused, also one that stays inside. */
    SYMLINK,
    /** A device, a pipe or a socket. */
    SPECIAL_FILE,
    DUPLICATE_PATH,
    /** Two paths that differ only in case, or in how an accent is written. */
    AMBIGUOUS_PATH,
    ENCRYPTED,
    UNSUPPORTED_COMPRESSION,
    /** What the zip's list of entries says is not what stands before the entry itself. */
    HEADER_MISMATCH,
    /** An entry's bytes can't be inflated, or are not what the zip says they are. */
    CORRUPT_ENTRY,
    /** There is neither a config.json nor anything to infer one from. */
    NO_MANIFEST,
    /** The config.json, or what is inferred in its place, does not describe a service; the problems say where. */
    INVALID_MANIFEST
}
