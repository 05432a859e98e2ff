package io.gantry.database.history;

/**
 * Rows that tell of what is over. A service has a bean for each kind of them.
 *
 * @param what they are, in the plural
 * @param forget a statement that deletes those that were over before {@code :limit}, {@code :most} at the most, and returns a row
 *     for each. Several services of a kind may run it at the same time.
 */
public record History(String what, String forget) {}
