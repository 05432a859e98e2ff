package io.gantry.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ChannelInputTest {
    private final ChannelInput input = new ChannelInput();
    private final OutputStream sink = input.sink();

    @Test
    void what_is_written_is_read_in_order() throws IOException {
        sink.write(new byte[] {1, 2, 3});
        sink.write(4);
        sink.close();
        assertThat(input.readAllBytes()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void a_byte_is_never_negative() throws IOException {
        sink.write(0xff);
        assertThat(input.read()).isEqualTo(255);
    }

    @Test
    void a_reader_waits_for_what_another_thread_writes() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var read = threads.submit(() -> input.read());
            sink.write(7);
            assertThat(read.get()).isEqualTo(7);
        }
    }

    @Test
    void the_reader_may_be_another_thread_every_time() throws Exception {
        for (int i = 0; i < 3; i++) {
            sink.write(i);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                assertThat(threads.submit(() -> input.read()).get()).isEqualTo(i);
            }
        }
    }

    @Test
    void nothing_within_the_timeout_is_told() {
        input.timeout(20);
        assertThatThrownBy(input::read).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void a_look_at_an_open_channel_does_not_wait() {
        input.timeout(1);
        assertThatThrownBy(input::read).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void a_look_at_a_closed_channel_sees_its_end() throws IOException {
        input.timeout(1);
        sink.close();
        assertThat(input.read()).isEqualTo(-1);
    }

    @Test
    void a_reader_too_far_behind_gets_what_there_is_and_then_a_reason() throws IOException {
        byte[] mebibyte = new byte[1 << 20];
        for (int i = 0; i < ChannelInput.LIMIT >> 20; i++) {
            sink.write(mebibyte);
        }
        assertThatThrownBy(() -> sink.write(1)).isInstanceOf(IOException.class);
        sink.close();
        assertThat(input.readNBytes(ChannelInput.LIMIT)).hasSize(ChannelInput.LIMIT);
        assertThatThrownBy(input::read).hasMessageContaining("32 MiB behind");
    }

    @Test
    void a_channel_that_nobody_reads_any_more_is_refused() {
        input.close();
        assertThatThrownBy(() -> sink.write(1)).isInstanceOf(IOException.class);
    }
}
