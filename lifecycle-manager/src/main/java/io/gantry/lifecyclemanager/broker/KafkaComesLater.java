package io.gantry.lifecyclemanager.broker;

import io.gantry.lifecyclemanager.OnlyInFleet;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.KafkaAdmin;

/** Nothing is asked of Kafka while the service starts: whoever starts Kafka must be ready without it. */
@Configuration(proxyBeanMethods = false)
@OnlyInFleet
class KafkaComesLater {
    @Bean
    static BeanPostProcessor withoutKafka() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof KafkaAdmin admin) {
                    admin.setAutoCreate(false);
                } else if (bean instanceof ConcurrentKafkaListenerContainerFactory<?, ?> listeners) {
                    listeners.setAutoStartup(false);
                }
                return bean;
            }
        };
    }
}
