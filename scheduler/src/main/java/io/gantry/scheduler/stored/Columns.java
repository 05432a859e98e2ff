package io.gantry.scheduler.stored;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Instants as {@code timestamptz}; records as {@code jsonb}, in which a reader passes over what it does not know. */
public final class Columns {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Columns() {}

    public static OffsetDateTime of(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    public static @Nullable OffsetDateTime ofNullable(@Nullable Instant instant) {
        return instant == null ? null : of(instant);
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static @Nullable Instant nullableInstant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    public static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    public static <T> T json(ResultSet row, String column, Class<T> type) throws SQLException {
        return JSON.readValue(row.getString(column), type);
    }

    public static <T> T json(ResultSet row, String column, TypeReference<T> type) throws SQLException {
        return JSON.readValue(row.getString(column), type);
    }
}
