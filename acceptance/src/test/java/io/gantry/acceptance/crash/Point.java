package io.gantry.acceptance.crash;

import io.gantry.acceptance.crash.woven.Strike;
import java.util.regex.Pattern;

/**
 * A line of the product at which a process ends, or stands still, and what is under way then.
 *
 * @param sentence what happens
 * @param subject what the thread is about, as an expression; {@code APP} stands for the app's name
 * @param always whether it is in the reduced matrix
 */
record Point(
        String sentence,
        Story story,
        String service,
        String subject,
        String place,
        String moment,
        int nth,
        Strike.How how,
        boolean always) {
    Strike strike(String app) {
        return new Strike(service, Pattern.compile(subject.replace("APP", app)), place, moment, nth, how);
    }

    /** The n-th time that the place is reached. */
    Point at(int nth) {
        return new Point(sentence, story, service, subject, place, moment, nth, how, always);
    }

    /** One of the few for every run of all tests. */
    Point inEveryRun() {
        return new Point(sentence, story, service, subject, place, moment, nth, how, true);
    }

    /** It does not end, but stands still until another has done its work, and then goes on as if nothing had been. */
    Point frozen() {
        return new Point(sentence, story, service, subject, place, moment, nth, Strike.How.FREEZE, always);
    }

    /** It goes on, but of the commit that it is at it hears nothing: its connection to the database is cut. */
    Point cut() {
        return new Point(sentence, story, service, subject, place, moment, nth, Strike.How.CUT, always);
    }

    @Override
    public String toString() {
        return sentence;
    }
}
