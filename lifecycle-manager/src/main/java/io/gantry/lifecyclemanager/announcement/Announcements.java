package io.gantry.lifecyclemanager.announcement;

import io.gantry.lifecyclemanager.OnlyInFleet;
import io.gantry.messaging.Outbox;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What others are told on a compacted topic: what is to be known, and nothing that they know already. */
@Component
@OnlyInFleet
public class Announcements {
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Outbox outbox;

    Announcements(JdbcClient jdbc, JsonMapper json, Outbox outbox) {
        this.jdbc = jdbc;
        this.json = json;
        this.outbox = outbox;
    }

    /** All of it is told again the next time. Keys that are gone meanwhile are told to be gone. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void again(String topic) {
        jdbc.sql("update announced set message = '' where topic = ?")
                .param(topic)
                .update();
    }

    /** What was told last, by key; empty what is to be told again, as it is not sure what is known of that. */
    public <T> Map<String, Optional<T>> told(String topic, Class<T> type) {
        Map<String, Optional<T>> told = new HashMap<>();
        jdbc.sql("select key, message from announced where topic = ?")
                .param(topic)
                .query(row -> {
                    String message = row.getString("message");
                    told.put(
                            row.getString("key"),
                            message.isEmpty() ? Optional.empty() : Optional.of(json.readValue(message, type)));
                });
        return told;
    }

    /** @param wanted all that is to be known, by key */
    @Transactional(propagation = Propagation.MANDATORY)
    public void tell(String topic, Map<String, ?> wanted) {
        Map<String, String> told = new HashMap<>();
        jdbc.sql("select key, message from announced where topic = ?")
                .param(topic)
                .query((row, _) -> told.put(row.getString("key"), row.getString("message")))
                .list();
        wanted.forEach((key, message) -> {
            String text = json.writeValueAsString(message);
            if (!text.equals(told.remove(key))) {
                enter(topic, key, text);
                outbox.send(topic, key, message);
            }
        });
        told.keySet().forEach(key -> {
            jdbc.sql("delete from announced where topic = ? and key = ?")
                    .params(topic, key)
                    .update();
            outbox.tombstone(topic, key);
        });
    }

    private void enter(String topic, String key, String message) {
        jdbc.sql("""
                        insert into announced (topic, key, message) values (?, ?, ?)
                        on conflict (topic, key) do update set message = excluded.message""").params(topic, key, message).update();
    }
}
