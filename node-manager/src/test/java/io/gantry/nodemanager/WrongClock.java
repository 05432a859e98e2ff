package io.gantry.nodemanager;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What is said by a machine whose clock is wrong, and to it: all machines of a test share one clock, so what they date is dated
 * otherwise on its way. Nothing gets longer or shorter by that.
 */
final class WrongClock {
    private static final Pattern DATED = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d");
    private static final Pattern ASKED_SINCE = Pattern.compile("(?<=[?&]since=)\\d{10}");
    private static final String FORM = "0000-00-00T00:00:00";

    private final Duration ahead;
    private String held = "";

    WrongClock(Duration ahead) {
        this.ahead = ahead;
    }

    /** What ends within a date is held back until the rest of it comes. */
    byte[] said(byte[] piece) {
        String text = held + new String(piece, ISO_8859_1);
        int whole = text.length() - begunAtTheEndOf(text);
        held = text.substring(whole);
        return DATED.matcher(text.substring(0, whole)).replaceAll(this::later).getBytes(ISO_8859_1);
    }

    byte[] asked(byte[] piece) {
        return ASKED_SINCE
                .matcher(new String(piece, ISO_8859_1))
                .replaceAll(since -> Long.toString(Long.parseLong(since.group()) - ahead.toSeconds()))
                .getBytes(ISO_8859_1);
    }

    /** Dates before there were clocks mean that something has never been. */
    private String later(MatchResult date) {
        LocalDateTime real = LocalDateTime.parse(date.group());
        return real.getYear() < 2000 ? date.group() : ISO_LOCAL_DATE_TIME.format(real.plus(ahead));
    }

    private static int begunAtTheEndOf(String text) {
        int most = Math.min(FORM.length() - 1, text.length());
        for (int length = most; length > 0; length--) {
            String end = text.substring(text.length() - length).replaceAll("\\d", "0");
            if (FORM.startsWith(end)) {
                return length;
            }
        }
        return 0;
    }
}
