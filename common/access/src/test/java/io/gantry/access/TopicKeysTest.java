package io.gantry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.contract.fleet.KeyText;
import io.gantry.web.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.ModelAndView;

/** A service that was started while Kafka is away. */
class TopicKeysTest {
    private final TopicKeys keys = new TopicKeys(new DefaultKafkaConsumerFactory<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1"),
            new StringDeserializer(),
            (topic, bytes) -> bytes));

    @BeforeEach
    void start() {
        keys.start();
    }

    @AfterEach
    void stop() {
        keys.stop();
    }

    @Test
    void nobody_is_called_unknown_before_the_keys_were_read() {
        assertThatThrownBy(() -> keys.find("k7m2x9qd"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        notNow -> assertThat(notNow.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE));
    }

    @Test
    void callers_are_told_when_to_try_again() throws ServletException, IOException {
        var filter = new AccessFilter(
                keys,
                InstantSource.system(),
                new SimpleMeterRegistry(),
                (request, response, handler, failure) -> new ModelAndView());
        var request = new MockHttpServletRequest("GET", "/api/v1/apps");
        request.addHeader(
                "Authorization", "Bearer " + KeyText.draw(new Random(1)).text());
        var response = new MockHttpServletResponse();
        var chain = new MockFilterChain();
        filter.doFilter(request, response, chain);
        assertThat(chain.getRequest()).isNull();
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
    }
}
