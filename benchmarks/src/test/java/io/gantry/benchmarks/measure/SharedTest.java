package io.gantry.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import org.junit.jupiter.api.Test;

class SharedTest {
    private static final Progress SILENT = line -> {};

    private final Shared<Dear> shared = new Shared<>(progress -> new Dear());

    private static final class Dear implements Closeable {
        private boolean closed;

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void all_get_the_same() throws Exception {
        assertThat(shared.get(SILENT)).isSameAs(shared.get(SILENT));
    }

    @Test
    void after_it_was_closed_there_is_a_new_one() throws Exception {
        Dear first = shared.get(SILENT);

        shared.close();

        assertThat(first.closed).isTrue();
        assertThat(shared.get(SILENT)).isNotSameAs(first);
    }
}
