package io.gantry.machines.docker;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the engine's own settings file, {@code daemon.json}, is to say; all else in it is its owner's and stays. */
final class DaemonSettings {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String LOG_DRIVER = "log-driver";
    private static final String TRUSTED = "insecure-registries";

    private final PreparationSettings settings;

    DaemonSettings(PreparationSettings settings) {
        this.settings = settings;
    }

    /**
     * The file with our settings in it.
     *
     * @param present what it says now; blank where there is none
     * @return null where nothing is missing
     * @throws IllegalArgumentException if it is no JSON object: nobody's settings are thrown away
     */
    @Nullable
    String completed(String present) {
        try {
            ObjectNode file = parse(present);
            ObjectNode completed = file.deepCopy();
            completed.put("live-restore", true);
            limitLogs(completed);
            trustRegistry(completed);
            return completed.equals(file) ? null : JSON.writeValueAsString(completed) + "\n";
        } catch (JacksonException unreadable) {
            throw new IllegalArgumentException("no settings that the engine would read", unreadable);
        }
    }

    private static ObjectNode parse(String text) {
        if (text.isBlank()) {
            return JSON.createObjectNode();
        }
        if (JSON.readTree(text) instanceof ObjectNode settings) {
            return settings;
        }
        throw new IllegalArgumentException("no JSON object");
    }

    /** Whoever chose another way of logging has thought of it. */
    private void limitLogs(ObjectNode file) {
        if (!file.has(LOG_DRIVER)) {
            file.put(LOG_DRIVER, "json-file");
            ObjectNode options = file.withObjectProperty("log-opts");
            options.put("max-size", settings.logSize());
            options.put("max-file", Integer.toString(settings.logFiles()));
        }
    }

    private void trustRegistry(ObjectNode file) {
        if (settings.registry() != null) {
            ArrayNode trusted = file.withArrayProperty(TRUSTED);
            boolean known = trusted.values().stream()
                    .anyMatch(registry -> settings.registry().equals(registry.asString()));
            if (!known) {
                trusted.add(settings.registry());
            }
        }
    }
}
