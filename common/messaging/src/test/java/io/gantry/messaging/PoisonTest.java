package io.gantry.messaging;

import static io.gantry.testkit.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gantry.contract.AppName;
import io.gantry.contract.DeploymentToken;
import io.gantry.contract.ServiceName;
import io.gantry.contract.deployer.DeployerCommand;
import io.gantry.contract.topic.MessageHeaders;
import io.gantry.contract.topic.Topics;
import io.gantry.testkit.EmbeddedPlatform;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.transaction.support.TransactionTemplate;

/** Whatever lies on a topic, it is set aside with the reason, and what comes after it is applied. */
@SpringBootTest(
        properties = {
            "spring.flyway.locations=classpath:db/messaging",
            "gantry.messaging.tries=2",
            "spring.application.name=poison-test"
        })
@EmbeddedPlatform
class PoisonTest {
    private static final AppName APP = new AppName("shop");
    private static final String DEAD = Topics.named(Topics.DEPLOYER_COMMANDS).deadLetters();
    private static final int MEGABYTE = 1 << 20;
    private static final int TEN_MEGABYTES = 10 * MEGABYTE;
    private static final byte[] WITHOUT_TOKEN = bytes("{\"type\": \"cancel\", \"app\":\"shop\", \"colour\":\"blue\"}");
    private static final int TRIES = 2;
    private static final AtomicInteger SENT = new AtomicInteger();
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @Autowired
    KafkaTemplate<String, Object> kafka;

    @Autowired
    ProducerFactory<String, Object> producers;

    @Autowired
    KafkaProperties kafkaProperties;

    /** Does what it does when a service starts. */
    @Autowired
    KafkaAdmin kafkaAdmin;

    @Autowired
    Outbox outbox;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Listener listener;

    private final List<ConsumerRecord<String, byte[]>> letters = new CopyOnWriteArrayList<>();
    private KafkaMessageListenerContainer<String, byte[]> reader;

    @BeforeEach
    void startOver() {
        listener.applied.clear();
        readDeadLetters();
    }

    private void readDeadLetters() {
        var settings = new ContainerProperties(DEAD);
        settings.setGroupId("reader-of-dead-letters");
        settings.setMessageListener((MessageListener<String, byte[]>) letters::add);
        Map<String, Object> consumer = kafkaProperties.buildConsumerProperties();
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        reader = new KafkaMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(consumer, new StringDeserializer(), new ByteArrayDeserializer()),
                settings);
        reader.start();
        await().until(() -> !reader.getAssignedPartitions().isEmpty());
    }

    @AfterEach
    void stopReading() {
        reader.stop();
    }

    static Stream<Arguments> poison() {
        return Stream.of(
                arguments(named("bytes that are no JSON", bytes("{no json")), "Unexpected character"),
                arguments(named("bytes that are no text", new byte[] {0, -1, 27, 91}), "Unrecognized token"),
                arguments(named("no bytes at all", new byte[0]), "No content"),
                arguments(named("null", bytes("null")), "it is null"),
                arguments(named("a list", bytes("[1, 2]")), "type id '1'"),
                arguments(named("half a message", bytes("{\"type\":\"cancel\",\"token\":\"00000000")), "end-of-input"),
                arguments(named("no type", bytes("{\"token\":\"0000000000000001\"}")), "'type'"),
                arguments(named("an unknown type", bytes("{\"type\":\"explode\"}")), "'explode'"),
                arguments(
                        named(
                                "a type of a version to come",
                                bytes("{\"type\":\"cancel.v2\",\"token\":\"0000000000000001\",\"app\":\"shop\"}")),
                        "'cancel.v2'"),
                arguments(
                        named(
                                "a value that breaks its rule",
                                bytes("{\"type\":\"cancel\",\"token\":\"../etc\",\"app\":\"shop\"}")),
                        "(at /token)"),
                arguments(
                        named("a field twice", bytes("{\"type\":\"cancel\",\"app\":\"shop\",\"app\":\"bank\"}")),
                        "Duplicate"),
                arguments(named("a tower of brackets", bytes("[".repeat(100_000))), "Unexpected token"));
    }

    @ParameterizedTest
    @MethodSource("poison")
    void what_can_not_be_read_is_set_aside_as_it_came_and_says_what_is_wrong(byte[] poison, String why) {
        send(poison);
        sendSound();

        ConsumerRecord<String, byte[]> letter = letter();
        assertThat(letter.value()).isEqualTo(poison);
        assertThat(letter.key()).isEqualTo("shop");
        assertThat(text(letter, KafkaHeaders.DLT_EXCEPTION_MESSAGE))
                .startsWith("Not a DeployerCommand on deployer.commands: ")
                .contains(why);
        assertThat(text(letter, KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP)).isEqualTo("test.poisoned");
        awaitSound();
    }

    @Test
    void fields_nobody_knows_are_no_poison() {
        send(bytes("{\"type\":\"cancel\",\"token\":\"0000000000000001\",\"app\":\"shop\",\"version\":99}"));
        await().until(() -> listener.applied.size() == 1);
        assertThat(letters).isEmpty();
    }

    @Test
    void what_can_be_read_but_not_handled_is_set_aside_byte_for_byte_with_the_number_of_tries() {
        send(WITHOUT_TOKEN);
        sendSound();

        ConsumerRecord<String, byte[]> letter = letter();
        assertThat(letter.value()).isEqualTo(WITHOUT_TOKEN);
        assertThat(text(letter, KafkaHeaders.DLT_EXCEPTION_CAUSE_FQCN)).isEqualTo("java.lang.NullPointerException");
        assertThat(ByteBuffer.wrap(letter.headers()
                                .lastHeader(KafkaHeaders.DELIVERY_ATTEMPT)
                                .value())
                        .getInt())
                .isEqualTo(TRIES);
        awaitSound();
    }

    @Test
    void an_id_that_no_index_takes_is_set_aside_and_not_taken_for_an_outage() {
        var record = soundRecord();
        record.headers().remove(MessageHeaders.MESSAGE_ID).add(MessageHeaders.MESSAGE_ID, bytes("x".repeat(10_000)));
        kafka.send(record).join();
        sendSound();

        assertThat(text(letter(), KafkaHeaders.DLT_EXCEPTION_MESSAGE)).contains("10000 characters");
        awaitSound();
    }

    @Test
    void an_empty_message_is_set_aside_where_it_says_nothing() {
        send(null);
        sendSound();

        ConsumerRecord<String, byte[]> letter = letter();
        assertThat(letter.value()).isNull();
        assertThat(text(letter, KafkaHeaders.DLT_EXCEPTION_MESSAGE)).contains("Payload value must not be empty");
        awaitSound();
    }

    @Test
    void nobody_puts_ten_megabytes_on_a_topic_as_they_are() {
        assertThatThrownBy(() -> kafka.send(Topics.DEPLOYER_COMMANDS, "shop", new byte[TEN_MEGABYTES]))
                .hasRootCauseInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void ten_megabytes_that_came_packed_are_set_aside_whole() {
        byte[] poison = bytes("x".repeat(TEN_MEGABYTES));
        packed(poison);
        sendSound();

        assertThat(letter().value()).isEqualTo(poison);
        awaitSound();
    }

    @Test
    void of_what_no_letter_can_hold_the_beginning_is_kept() {
        packed(bytes("x".repeat(4 * TEN_MEGABYTES)));
        sendSound();

        ConsumerRecord<String, byte[]> letter = letter();
        assertThat(letter.value()).hasSize(64 << 10);
        assertThat(text(letter, MessageHeaders.CUT_FROM)).isEqualTo(Integer.toString(4 * TEN_MEGABYTES));
        awaitSound();
    }

    @Test
    void what_one_of_us_says_at_length_leaves_packed_and_what_comes_after_it_is_in_order() {
        DeployerCommand atLength = stopOf(names(40_000, number -> "a".repeat(50) + number));
        say(atLength, soundRecord());
        await().until(() -> listener.applied.size() == 2);
        assertThat(listener.applied.getFirst()).isEqualTo(atLength);
        assertThat(letters).isEmpty();
    }

    @Test
    void what_one_of_us_says_and_no_topic_takes_is_set_aside_and_what_comes_after_it_leaves() {
        var random = new SplittableRandom(7);
        say(stopOf(names(60_000, _ -> letters(random))), soundRecord());

        ConsumerRecord<String, byte[]> letter = letter();
        assertThat(letter.key()).isEqualTo("shop");
        assertThat(text(letter, KafkaHeaders.DLT_EXCEPTION_FQCN)).isEqualTo(RecordTooLargeException.class.getName());
        assertThat(text(letter, KafkaHeaders.DLT_EXCEPTION_MESSAGE)).isNotBlank();
        assertThat(text(letter, MessageHeaders.MESSAGE_ID)).isNotBlank();
        assertThat(letter.value()).hasSizeGreaterThan(MEGABYTE);
        awaitSound();
    }

    private void say(DeployerCommand first, ProducerRecord<String, Object> second) {
        transaction.executeWithoutResult(_ -> {
            outbox.send(Topics.DEPLOYER_COMMANDS, "shop", first);
            outbox.send(second.topic(), second.key(), second.value());
        });
    }

    private static DeployerCommand stopOf(List<ServiceName> services) {
        return new DeployerCommand.Stop(new DeploymentToken("bbbbbbbbbbbbbbbb"), APP, services, Instant.EPOCH);
    }

    private static List<ServiceName> names(int count, IntFunction<String> name) {
        return IntStream.range(0, count).mapToObj(name).map(ServiceName::new).toList();
    }

    private static String letters(SplittableRandom random) {
        return random.ints(60, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void while_no_letter_can_be_written_nothing_is_passed_over_and_nothing_is_lost() throws Exception {
        limitDeadLettersTo(1);
        try {
            listener.failures.set(0);
            long place = send(WITHOUT_TOKEN);
            sendSound();
            await().until(() -> listener.failures.get() > 2 * TRIES);
            assertThat(committed()).isLessThanOrEqualTo(place);
            assertThat(listener.applied).isEmpty();
            assertThat(letters).isEmpty();
        } finally {
            limitDeadLettersTo(SettingAside.LARGEST_RECORD);
        }
        assertThat(letter().value()).isEqualTo(WITHOUT_TOKEN);
        awaitSound();
    }

    @Test
    void a_topic_of_letters_that_was_made_when_they_were_smaller_takes_them_after_the_next_start() throws Exception {
        limitDeadLettersTo(1 << 20);
        assertThat(kafkaAdmin.initialize()).isTrue();
        awaitThatDeadLettersAreLimitedTo(SettingAside.LARGEST_RECORD);
    }

    private long send(byte @Nullable [] content) {
        return kafka.send(Topics.DEPLOYER_COMMANDS, "shop", content)
                .join()
                .getRecordMetadata()
                .offset();
    }

    private void sendSound() {
        kafka.send(soundRecord()).join();
    }

    private static ProducerRecord<String, Object> soundRecord() {
        var sound = new DeployerCommand.Cancel(new DeploymentToken("aaaaaaaaaaaaaaaa"), APP);
        var record = new ProducerRecord<String, Object>(Topics.DEPLOYER_COMMANDS, "shop", sound);
        record.headers().add(MessageHeaders.MESSAGE_ID, bytes("sound-" + SENT.incrementAndGet()));
        return record;
    }

    /** As a client may that packs what it sends: the broker looks at the size of the packet. */
    private void packed(byte[] content) {
        var packing = new KafkaTemplate<>(
                producers,
                Map.of(
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "gzip",
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        (long) 8 * TEN_MEGABYTES,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        8 * TEN_MEGABYTES));
        try {
            packing.send(Topics.DEPLOYER_COMMANDS, "shop", content).join();
        } finally {
            packing.destroy();
        }
    }

    private ConsumerRecord<String, byte[]> letter() {
        await().until(() -> letters.size() == 1);
        return letters.getFirst();
    }

    private void awaitSound() {
        await().until(() -> listener.applied.size() == 1);
    }

    private long committed() throws Exception {
        try (Admin admin = admin()) {
            return admin.listConsumerGroupOffsets("test.poisoned")
                    .partitionsToOffsetAndMetadata()
                    .get(LONGEST.toSeconds(), TimeUnit.SECONDS)
                    .get(new TopicPartition(Topics.DEPLOYER_COMMANDS, 0))
                    .offset();
        }
    }

    private void limitDeadLettersTo(int bytes) throws Exception {
        var limit = new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, DEAD),
                            List.of(new AlterConfigOp(limit, OpType.SET))))
                    .all()
                    .get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        }
        awaitThatDeadLettersAreLimitedTo(bytes);
    }

    /** The broker learns of it a little after it was decided. */
    private void awaitThatDeadLettersAreLimitedTo(int bytes) {
        await().until(() -> limitOfDeadLetters() == bytes);
    }

    private int limitOfDeadLetters() throws Exception {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, DEAD);
        try (Admin admin = admin()) {
            return Integer.parseInt(admin.describeConfigs(List.of(topic))
                    .all()
                    .get(LONGEST.toSeconds(), TimeUnit.SECONDS)
                    .get(topic)
                    .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                    .value());
        }
    }

    private Admin admin() {
        return Admin.create(kafkaProperties.buildAdminProperties());
    }

    private static String text(ConsumerRecord<?, ?> record, String header) {
        return new String(record.headers().lastHeader(header).value(), UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @SpringBootApplication
    @Import(Listener.class)
    static class Service {}

    static class Listener {
        final List<DeployerCommand> applied = new CopyOnWriteArrayList<>();
        final AtomicInteger failures = new AtomicInteger();

        @KafkaListener(id = "test.poisoned", topics = Topics.DEPLOYER_COMMANDS)
        void on(DeployerCommand command) {
            if (command.token() == null) {
                failures.incrementAndGet();
                throw new NullPointerException("A command without a token");
            }
            applied.add(command);
        }
    }
}
