/** What is printed and kept of a run: the table, the page of figures, the raw samples, the machine. */
@NullMarked
package io.gantry.benchmarks.report;

import org.jspecify.annotations.NullMarked;
