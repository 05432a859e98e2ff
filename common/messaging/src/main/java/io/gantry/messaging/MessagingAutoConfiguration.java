package io.gantry.messaging;

import io.gantry.contract.topic.Topic;
import io.gantry.contract.topic.Topics;
import io.gantry.tracing.Traces;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives a service its outbox, its inbox and listeners that pass over what they have applied. */
@AutoConfiguration(before = KafkaAutoConfiguration.class)
@EnableConfigurationProperties({MessagingSettings.class, KafkaProperties.class})
@EnableKafka
class MessagingAutoConfiguration {
    /**
     * All services of a platform go by one clock, whatever the clocks of their machines show. It is right from the beginning: others
     * note what time it is when they are made.
     */
    @Bean
    @ConditionalOnMissingBean(InstantSource.class)
    CentralClock clock(JdbcClient jdbc) {
        CentralClock clock = new CentralClock(
                InstantSource.system(),
                () -> jdbc.sql("select clock_timestamp()")
                        .query(OffsetDateTime.class)
                        .single()
                        .toInstant(),
                System::nanoTime);
        clock.look();
        return clock;
    }

    @Bean
    @ConditionalOnMissingBean
    Tokens tokens() {
        return new Tokens(new SecureRandom());
    }

    @Bean
    Outbox outbox(JdbcOperations jdbc, InstantSource clock, Tokens tokens, OutboxRelay relay, Traces traces) {
        return new Outbox(jdbc, clock, tokens, relay, traces);
    }

    @Bean
    OutboxRelay outboxRelay(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            KafkaTemplate<String, Object> kafka,
            @Qualifier("deadLetterKafka") KafkaTemplate<String, Object> packing,
            InstantSource clock,
            MessagingSettings settings,
            Traces traces) {
        return new OutboxRelay(jdbc, transaction, kafka, new LargeMessages(packing), clock, settings, traces);
    }

    @Bean
    ProducerFactory<String, Object> producerFactory(KafkaProperties kafka) {
        Map<String, Object> settings = kafka.buildProducerProperties();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int)
                Duration.ofSeconds(20).toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int)
                Duration.ofSeconds(10).toMillis());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Duration.ofSeconds(10).toMillis());
        return new DefaultKafkaProducerFactory<>(settings, new StringSerializer(), new MessageSerializer());
    }

    @Bean
    KafkaTemplate<String, Object> kafkaTemplate(ProducerFactory<String, Object> producers) {
        return new KafkaTemplate<>(producers);
    }

    /** For dead letters, on their way there and back, and for all that is large: takes what a topic takes once it is packed. */
    @Bean(defaultCandidate = false)
    KafkaTemplate<String, Object> deadLetterKafka(ProducerFactory<String, Object> producers) {
        return new KafkaTemplate<>(
                producers,
                Map.of(
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        SettingAside.LARGEST_RECORD,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        CompressionType.GZIP.name));
    }

    @Bean
    ConsumerFactory<String, Object> consumerFactory(KafkaProperties kafka) {
        Map<String, Object> settings = kafka.buildConsumerProperties();
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // What a killed process was to read goes to another, or to its successor, after this; no step's deadline is
        // shorter. It may be set otherwise.
        settings.putIfAbsent(
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                Long.toString(Duration.ofSeconds(10).toMillis()));
        settings.putIfAbsent(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                Long.toString(Duration.ofSeconds(3).toMillis()));
        return new DefaultKafkaConsumerFactory<>(
                settings, new StringDeserializer(), new ErrorHandlingDeserializer<>(new MessageDeserializer()));
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<String, Object> kafkaListenerContainerFactory(
            ConsumerFactory<String, Object> consumers,
            @Qualifier("deadLetterKafka") KafkaTemplate<String, Object> deadLetters,
            TransactionTemplate transaction,
            JdbcClient jdbc,
            InstantSource clock,
            MessagingSettings settings,
            Traces traces) {
        var factory = new ConcurrentKafkaListenerContainerFactory<String, Object>();
        factory.setConsumerFactory(consumers);
        factory.setCommonErrorHandler(DeadLetters.errorHandler(deadLetters, settings.tries()));
        factory.getContainerProperties().setDeliveryAttemptHeader(true);
        factory.getContainerProperties().setAckMode(AckMode.BATCH);
        // The inbox knows what has been applied; the next message need not wait until Kafka knows it too.
        factory.getContainerProperties().setSyncCommits(false);
        factory.getContainerProperties().setAdviceChain(new OncePerMessage(transaction, jdbc, clock, traces));
        return factory;
    }

    /** Topics that an earlier version made are brought to what the catalogue says today, each time that a service starts. */
    @Bean
    static BeanPostProcessor topicsKeepUp() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof KafkaAdmin admin) {
                    admin.setModifyTopicConfigs(true);
                }
                return bean;
            }
        };
    }

    @Bean
    KafkaAdmin.NewTopics topics(MessagingSettings settings) {
        return new KafkaAdmin.NewTopics(Topics.CATALOGUE.stream()
                .flatMap(topic -> Stream.of(topic(topic, settings), deadLetters(topic, settings)))
                .toArray(NewTopic[]::new));
    }

    private static NewTopic topic(Topic topic, MessagingSettings settings) {
        TopicBuilder builder = byTheBrokersClock(TopicBuilder.name(topic.name()))
                .partitions(settings.partitions())
                .replicas(settings.replicationFactor());
        return topic.retention()
                .time()
                .map(time -> builder.config(TopicConfig.RETENTION_MS_CONFIG, Long.toString(time.toMillis())))
                .orElseGet(builder::compact)
                .build();
    }

    /** Else a sender whose clock is an hour ahead is refused, and what one sends whose clock is behind is soon forgotten. */
    private static TopicBuilder byTheBrokersClock(TopicBuilder topic) {
        return topic.config(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    }

    /** Dead letters stay until someone has looked at them. */
    private static NewTopic deadLetters(Topic topic, MessagingSettings settings) {
        return byTheBrokersClock(TopicBuilder.name(topic.deadLetters()))
                .partitions(1)
                .replicas(settings.replicationFactor())
                .config(TopicConfig.RETENTION_MS_CONFIG, "-1")
                .config(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(SettingAside.LARGEST_RECORD))
                .build();
    }
}
