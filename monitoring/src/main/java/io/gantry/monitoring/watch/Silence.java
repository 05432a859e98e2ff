package io.gantry.monitoring.watch;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether something answers, and if not, for how long, in time that monitoring lived through.
 *
 * @param known whether there was an answer, or a lack of one that counts
 * @param since when it was first asked in vain; none: it answers
 * @param why what stood in the way of the last answer
 * @param back when it answered again after the last silence; none: it was never silent for long
 */
record Silence(
        boolean known,
        @Nullable Duration since,
        String why,
        @Nullable Duration back) {
    static final Silence NOT_ASKED = new Silence(false, null, "", null);

    /** @param hiccup a silence shorter than that was none */
    Silence answered(Pulse.Mark given, Duration hiccup) {
        boolean wasSilent = since != null && given.lived().minus(since).compareTo(hiccup) >= 0;
        return new Silence(true, null, "", wasSilent ? given.lived() : back);
    }

    /** It did not answer, or monitoring could not hear it: then that says nothing. */
    Silence unanswered(Pulse.Mark asked, Pulse.Mark given, String reason) {
        if (!given.isSteadySince(asked)) {
            return this;
        }
        return new Silence(true, since == null ? asked.lived() : since, reason, back);
    }

    boolean answers() {
        return known && since == null;
    }

    /** Whether it answers, and did not for long, so shortly before. */
    boolean isBackWithin(Duration limit, Pulse.Mark now) {
        return answers() && back != null && now.lived().minus(back).compareTo(limit) < 0;
    }

    boolean isSilent() {
        return since != null;
    }

    /** None: nothing is known yet; zero: it answers. */
    Optional<Duration> length(Pulse.Mark now) {
        if (!known) {
            return Optional.empty();
        }
        return Optional.of(since == null ? Duration.ZERO : now.lived().minus(since));
    }
}
