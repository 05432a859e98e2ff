package io.gantry.messaging;

import static io.gantry.testkit.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.deployer.DeployerEvent;
import io.gantry.contract.deployer.Mode;
import io.gantry.contract.deployer.ServiceState;
import io.gantry.contract.topic.MessageHeaders;
import io.gantry.contract.topic.Topics;
import io.gantry.testkit.EmbeddedPlatform;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest(
        properties = {
            "spring.flyway.locations=classpath:db/messaging",
            "gantry.messaging.tries=2",
            "spring.application.name=messaging-test"
        })
@EmbeddedPlatform
class MessagingTest {
    private static final AppName APP = new AppName("shop");
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    @Autowired
    Outbox outbox;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    KafkaTemplate<String, Object> kafka;

    @Autowired
    KafkaProperties kafkaProperties;

    @Autowired
    Listeners listeners;

    private final List<ConsumerRecord<String, byte[]>> deadLetters = new CopyOnWriteArrayList<>();
    private KafkaMessageListenerContainer<String, byte[]> deadLetterReader;

    @BeforeEach
    void readDeadLetters() {
        var settings = new ContainerProperties(Topics.DEPLOYER_COMMANDS + ".dlt", Topics.DEPLOYER_EVENTS + ".dlt");
        settings.setGroupId("reader-of-dead-letters");
        settings.setMessageListener((MessageListener<String, byte[]>) deadLetters::add);
        Map<String, Object> consumer = kafkaProperties.buildConsumerProperties();
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        deadLetterReader = new KafkaMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(consumer, new StringDeserializer(), new ByteArrayDeserializer()),
                settings);
        deadLetterReader.start();
        await().until(() -> !deadLetterReader.getAssignedPartitions().isEmpty());
    }

    @AfterEach
    void stopReading() {
        deadLetterReader.stop();
    }

    @BeforeEach
    void forget() {
        listeners.cancelled.clear();
        listeners.failing.set(0);
    }

    @Test
    void a_sender_whose_clock_is_wrong_by_hours_is_heard() {
        Instant wrong = Instant.now().plus(Duration.ofHours(3));
        var message = new DeployerCommand.Cancel(new DeploymentToken("abcdefghijklmnop"), APP);
        var record = new ProducerRecord<String, Object>(
                Topics.DEPLOYER_COMMANDS, null, wrong.toEpochMilli(), APP.value(), Codec.encode(message));
        assertThat(kafka.send(record)).succeedsWithin(Duration.ofSeconds(60));
        await().untilAsserted(() -> assertThat(listeners.cancelled).containsExactly(message));
    }

    @Test
    void what_is_put_in_the_outbox_arrives_as_the_type_it_was() {
        var message = new DeployerCommand.Cancel(token(1), APP);
        inTransaction(() -> outbox.send(Topics.DEPLOYER_COMMANDS, "shop", message));
        await().untilAsserted(() -> assertThat(listeners.cancelled).containsExactly(message));
    }

    @Test
    void messages_of_one_key_arrive_in_the_order_they_were_put_there() {
        List<DeploymentToken> tokens =
                IntStream.range(0, 1200).mapToObj(MessagingTest::token).toList();
        tokens.forEach(token -> inTransaction(
                () -> outbox.send(Topics.DEPLOYER_COMMANDS, "shop", new DeployerCommand.Cancel(token, APP))));
        await().until(() -> listeners.cancelled.size() == tokens.size());
        assertThat(listeners.cancelled.stream().map(DeployerCommand.Cancel::token))
                .containsExactlyElementsOf(tokens);
    }

    @Test
    void what_is_rolled_back_is_never_said() {
        transaction.executeWithoutResult(status -> {
            outbox.send(Topics.DEPLOYER_COMMANDS, "shop", new DeployerCommand.Cancel(token(1), APP));
            status.setRollbackOnly();
        });
        inTransaction(() -> outbox.send(Topics.DEPLOYER_COMMANDS, "shop", new DeployerCommand.Cancel(token(2), APP)));
        await().untilAsserted(() -> assertThat(listeners.cancelled)
                .extracting(DeployerCommand.Cancel::token)
                .containsExactly(token(2)));
    }

    @Test
    void the_outbox_takes_nothing_outside_a_transaction() {
        assertThatThrownBy(
                        () -> outbox.send(Topics.DEPLOYER_COMMANDS, "shop", new DeployerCommand.Cancel(token(1), APP)))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void a_message_delivered_three_times_is_applied_once() {
        for (int i = 0; i < 3; i++) {
            kafka.send(record("same-id", new DeployerCommand.Cancel(token(3), APP)))
                    .join();
        }
        kafka.send(record("next-id", new DeployerCommand.Cancel(token(4), APP))).join();
        await().untilAsserted(() -> assertThat(listeners.cancelled)
                .extracting(DeployerCommand.Cancel::token)
                .containsExactly(token(3), token(4)));
    }

    @Test
    void bytes_that_are_no_message_become_a_dead_letter_and_the_next_message_is_applied() {
        kafka.send(Topics.DEPLOYER_COMMANDS, "shop", "{no json".getBytes(UTF_8)).join();
        kafka.send(Topics.DEPLOYER_COMMANDS, "shop", "{\"type\":\"explode\"}".getBytes(UTF_8))
                .join();
        kafka.send(record("after-poison", new DeployerCommand.Cancel(token(5), APP)))
                .join();
        await().untilAsserted(() -> assertThat(listeners.cancelled).hasSize(1));
        await().untilAsserted(() -> assertThat(deadLetters).hasSize(2));
        assertThat(deadLetters.getFirst().value()).isEqualTo("{no json".getBytes(UTF_8));
    }

    @Test
    void a_field_the_reader_does_not_know_is_ignored() {
        String message =
                "{\"type\":\"cancel\",\"token\":\"%s\",\"app\":\"shop\",\"colour\":\"blue\"}".formatted(token(6));
        kafka.send(Topics.DEPLOYER_COMMANDS, "shop", message.getBytes(UTF_8)).join();
        await().untilAsserted(() -> assertThat(listeners.cancelled).hasSize(1));
    }

    @Test
    void a_message_that_fails_every_time_leaves_nothing_behind_but_a_dead_letter() {
        var message = new DeployerEvent.Accepted(token(7), APP, Mode.BUILD, AT);
        var record = new ProducerRecord<String, Object>(Topics.DEPLOYER_EVENTS, "shop", message);
        record.headers().add(MessageHeaders.MESSAGE_ID, "disliked".getBytes(UTF_8));
        kafka.send(record).join();
        await().untilAsserted(() -> assertThat(deadLetters).hasSize(1));
        assertThat(listeners.failing).hasValue(2);
        assertThat(receptionsOf("disliked")).isZero();
    }

    @Test
    void a_message_names_the_one_that_caused_it() {
        kafka.send(record("the-cause", new DeployerCommand.Build(token(8), APP, List.of(), AT)))
                .join();
        await().untilAsserted(() -> assertThat(jdbc.sql("select count(*) from outbox where causation_id = 'the-cause'")
                        .query(Integer.class)
                        .single())
                .isOne());
    }

    private void inTransaction(Runnable work) {
        transaction.executeWithoutResult(status -> work.run());
    }

    private int receptionsOf(String messageId) {
        return jdbc.sql("select count(*) from inbox where message_id = ?")
                .param(messageId)
                .query(Integer.class)
                .single();
    }

    private static ProducerRecord<String, Object> record(String id, DeployerCommand command) {
        ProducerRecord<String, Object> record = new ProducerRecord<>(Topics.DEPLOYER_COMMANDS, "shop", command);
        record.headers().add(MessageHeaders.MESSAGE_ID, id.getBytes(UTF_8));
        return record;
    }

    private static DeploymentToken token(int number) {
        return new DeploymentToken("%016d".formatted(number));
    }

    @SpringBootApplication
    @Import(Listeners.class)
    static class Service {}

    static class Listeners {
        final List<DeployerCommand.Cancel> cancelled = new CopyOnWriteArrayList<>();
        final AtomicInteger failing = new AtomicInteger();
        private final Outbox outbox;

        Listeners(Outbox outbox) {
            this.outbox = outbox;
        }

        @KafkaListener(id = "test.commands", topics = Topics.DEPLOYER_COMMANDS)
        void on(DeployerCommand command) {
            switch (command) {
                case DeployerCommand.Cancel cancel -> cancelled.add(cancel);
                default ->
                    outbox.send(
                            Topics.DEPLOYER_EVENTS,
                            "shop",
                            new DeployerEvent.ServiceAdvanced(
                                    command.token(),
                                    APP,
                                    new ServiceName("web"),
                                    null,
                                    ServiceState.QUEUED,
                                    null,
                                    1,
                                    "here",
                                    AT));
            }
        }

        @KafkaListener(id = "test.failing", topics = Topics.DEPLOYER_EVENTS)
        void on(DeployerEvent event) {
            if (event instanceof DeployerEvent.Accepted) {
                failing.incrementAndGet();
                throw new IllegalStateException("This listener does not like what it hears");
            }
        }
    }
}
