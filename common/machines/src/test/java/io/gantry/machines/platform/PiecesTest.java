package io.gantry.machines.platform;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.model.PushResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PiecesTest {
    private final Pieces<ResponseItem> answer = new Pieces<>(Duration.ofMillis(50));

    @Test
    void an_answer_that_is_complete_is_waited_for_no_longer() {
        answer.onNext(new PushResponseItem());
        answer.onComplete();

        assertThatCode(answer::await).doesNotThrowAnyException();
    }

    @Test
    void an_answer_that_breaks_off_is_no_failure_of_the_engine() {
        answer.onError(new IOException("reset"));

        assertThatThrownBy(answer::await).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void an_answer_that_comes_to_no_end_is_given_up() {
        answer.onNext(new PushResponseItem());

        assertThatThrownBy(answer::await)
                .isInstanceOf(DockerClientException.class)
                .hasMessageStartingWith("nothing was heard");
    }
}
