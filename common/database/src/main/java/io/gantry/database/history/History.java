package io.gantry.database.history;

/**
 * Rows that tell of what is over. A service has a bean for each kind of them.
 *
 * @param what they are, in the plural
 * @param forget a statement that deletes those that were over before {@code :limit}, {@code :most} at the most, and returns a row
 *     for each. Several services of a kind may run it at the same time.
 */
public record History(String what, String forget) {
    /**
     * Rows of one table, whatever stands in others.
     *
     * @param key the column that they are known by
     * @param over the column that says since when they are over; none: they are not
     */
    public static History of(String what, String table, String key, String over) {
        return new History(what, """
                delete from %1$s where %2$s in (
                    select %2$s from %1$s where %3$s < :limit order by %3$s limit :most for update skip locked)
                returning %2$s""".formatted(table, key, over));
    }
}
