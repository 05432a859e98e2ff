package io.gantry.deployer.leg;

import java.util.List;
import java.util.stream.Stream;

/**
 * What became of a candidate.
 *
 * @param effects what the step brings about
 */
record Progress(Candidate next, List<Effect> effects) {
    static Progress to(Candidate next, Effect... effects) {
        return new Progress(next, List.of(effects));
    }

    /** These first, then what the step brings about anyway. */
    Progress after(Effect... earlier) {
        return new Progress(
                next, Stream.concat(Stream.of(earlier), effects.stream()).toList());
    }
}
