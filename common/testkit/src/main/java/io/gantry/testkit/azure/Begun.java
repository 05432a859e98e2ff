package io.gantry.testkit.azure;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Something that takes long.
 *
 * @param doing what is done at its end, and what is then found where its result is
 * @param failing what is done instead if it fails
 * @param byLocationOnly whether it is asked after where its result will be
 */
record Begun(Told answer, Supplier<@Nullable JsonNode> doing, Runnable failing, boolean byLocationOnly) {}
