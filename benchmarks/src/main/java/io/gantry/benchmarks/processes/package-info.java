/** Other programs that a measurement needs: started, waited for, looked at and ended by process id. */
@NullMarked
package io.gantry.benchmarks.processes;

import org.jspecify.annotations.NullMarked;
