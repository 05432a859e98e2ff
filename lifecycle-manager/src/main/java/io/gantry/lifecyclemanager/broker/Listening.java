package io.gantry.lifecyclemanager.broker;

import io.gantry.lifecyclemanager.OnlyInFleet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * Whether the listeners listen. What they do is looked at anew each time, not remembered: one that could not be started while Kafka or
 * the database was away, or that has ended by itself, would be deaf for as long as the process lives.
 */
@Component
@OnlyInFleet
class Listening {
    private static final Logger log = LoggerFactory.getLogger(Listening.class);

    private final KafkaListenerEndpointRegistry listeners;

    Listening(KafkaListenerEndpointRegistry listeners) {
        this.listeners = listeners;
    }

    /** One that can't be brought to it keeps no other from it; say so again soon. */
    void shall(boolean listen) {
        for (MessageListenerContainer listener : listeners.getListenerContainers()) {
            try {
                if (listen) {
                    start(listener);
                } else {
                    stop(listener);
                }
            } catch (RuntimeException failed) {
                log.warn("{} could not be {}", listener.getListenerId(), listen ? "started" : "stopped", failed);
            }
        }
    }

    private static void start(MessageListenerContainer listener) {
        if (!listener.isChildRunning()) {
            stop(listener);
        }
        if (!listener.isRunning()) {
            listener.start();
        }
    }

    private static void stop(MessageListenerContainer listener) {
        if (listener.isRunning()) {
            listener.stop();
        }
    }
}
