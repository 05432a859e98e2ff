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
 */
record Silence(boolean known, @Nullable Duration since, String why) {
    static final Silence NOT_ASKED = new Silence(false, null, "");

    Silence answered() {
        return new Silence(true, null, "");
    }

    /** It did not answer, or monitoring could not hear it: then that says nothing. */
    Silence unanswered(Pulse.Mark asked, Pulse.Mark given, String reason) {
        if (!given.isSteadySince(asked)) {
            return this;
        }
        return new Silence(true, since == null ? asked.lived() : since, reason);
    }

    boolean answers() {
        return known && since == null;
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
