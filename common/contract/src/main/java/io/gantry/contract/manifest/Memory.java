package io.gantry.contract.manifest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An amount of memory in bytes; written as {@code 256Mi}, {@code 1Gi}, {@code 512Ki}, {@code 500M} or plain bytes. */
public record Memory(long bytes) {
    /** What the text form may be. */
    public static final String GRAMMAR = "([0-9]{1,15})(Ki|Mi|Gi|Ti|k|M|G|T)?";

    private static final Pattern TEXT = Pattern.compile(GRAMMAR);

    public Memory {
        if (bytes < 0) {
            throw new IllegalArgumentException("An amount of memory is not negative");
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Memory parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not an amount of memory: write 256Mi or 1Gi");
        }
        try {
            return new Memory(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit(matcher.group(2))));
        } catch (ArithmeticException tooLarge) {
            throw new IllegalArgumentException("Not an amount of memory: too large", tooLarge);
        }
    }

    public static Memory mebibytes(long count) {
        return new Memory(count << 20);
    }

    @JsonValue
    @Override
    public String toString() {
        for (String suffix : new String[] {"Ti", "Gi", "Mi", "Ki"}) {
            if (bytes > 0 && bytes % unit(suffix) == 0) {
                return bytes / unit(suffix) + suffix;
            }
        }
        return Long.toString(bytes);
    }

    private static long unit(@Nullable String suffix) {
        return switch (suffix) {
            case null -> 1;
            case "k" -> 1_000;
            case "M" -> 1_000_000;
            case "G" -> 1_000_000_000;
            case "T" -> 1_000_000_000_000L;
            case "Ki" -> 1L << 10;
            case "Mi" -> 1L << 20;
            case "Gi" -> 1L << 30;
            case "Ti" -> 1L << 40;
            default -> throw new IllegalArgumentException("Not a unit of memory");
        };
    }
}
