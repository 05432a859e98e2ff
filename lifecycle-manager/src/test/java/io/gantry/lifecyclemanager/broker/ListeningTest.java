package io.gantry.lifecyclemanager.broker;

import static io.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.lifecyclemanager.LifecycleManagerTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Of the listeners of a whole lifecycle manager. */
@LifecycleManagerTest
class ListeningTest {
    @Autowired
    KafkaListenerEndpointRegistry registry;

    private Listening listening;

    @BeforeEach
    void listen() {
        listening = new Listening(registry);
        listening.shall(true);
        awaitThatAllListen();
    }

    @AfterEach
    void leaveThemListening() {
        listening.shall(true);
    }

    @Test
    void who_shall_not_listen_does_not_until_he_shall_again() {
        listening.shall(false);
        assertThat(listeners()).isNotEmpty().noneMatch(MessageListenerContainer::isRunning);
        listening.shall(true);
        awaitThatAllListen();
    }

    @Test
    void one_that_was_stopped_by_whatever_listens_again() {
        listeners().getFirst().stop();
        listening.shall(true);
        awaitThatAllListen();
    }

    @Test
    void one_whose_threads_have_ended_listens_again() {
        var listener = (ConcurrentMessageListenerContainer<?, ?>) listeners().getFirst();
        listener.getContainers().forEach(child -> child.stop());
        await().until(() -> !listener.isChildRunning());
        listening.shall(true);
        awaitThatAllListen();
    }

    private List<MessageListenerContainer> listeners() {
        return List.copyOf(registry.getListenerContainers());
    }

    /** They have joined, and have been told what of the topic is theirs. */
    private void awaitThatAllListen() {
        await().untilAsserted(() -> assertThat(listeners())
                .allMatch(listener -> listener.isRunning()
                        && listener.isChildRunning()
                        && !List.copyOf(listener.getAssignedPartitions()).isEmpty()));
    }
}
