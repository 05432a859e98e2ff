package io.gantry.deployer.ledger;

import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Values as they stand in jsonb columns and in the data of durable work. */
@Component
public class Json {
    private final JsonMapper mapper = new JsonMapper();

    public String write(Object value) {
        return mapper.writeValueAsString(value);
    }

    public <T> T read(String json, Class<T> type) {
        return mapper.readValue(json, type);
    }
}
