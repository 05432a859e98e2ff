package io.gantry.machines.platform;

/**
 * What is run in the database's container, as its user. The password goes from its file into the environment, never into arguments. A
 * server that was only just started is waited for.
 */
final class DatabaseScripts {
    private static final String LOGIN = """
            if [ -n "${POSTGRES_PASSWORD_FILE:-}" ]; then PGPASSWORD=$(cat "$POSTGRES_PASSWORD_FILE"); else PGPASSWORD=$POSTGRES_PASSWORD; fi
            export PGPASSWORD PGUSER=$POSTGRES_USER PGPORT=${POSTGRES_PORT:-5432}
            for _ in {1..60}; do if pg_isready --quiet; then break; fi; sleep 1; done
            sql() { psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --set=name="$POSTGRES_DB" "$@"; }
            """;

    /** Lines: {@code bytes N}, {@code from ID}, {@code schema NAME VERSION}. None, where there is no database. */
    static final String STATE = LOGIN + """
            there=$(sql --dbname=postgres <<'END'
            select 'bytes ' || pg_database_size(oid) || E'\\nfrom ' || coalesce(shobj_description(oid, 'pg_database'), '')
            from pg_database where datname = :'name'
            END
            )
            if [ -z "$there" ]; then exit 0; fi
            echo "$there"
            sql --dbname="$POSTGRES_DB" <<'END'
            select 'schema ' || table_schema || ' ' || coalesce((xpath('//version/text()', query_to_xml(format(
                'select version from %I.flyway_schema_history where version is not null order by installed_rank desc limit 1',
                table_schema), false, false, '')))[1]::text, '0')
            from information_schema.tables where table_name = 'flyway_schema_history' order by 1
            END
            """;

    /** The dump's SHA-256 goes to standard error, as a connection that breaks off looks like an end. */
    static final String DUMP = LOGIN + """
            exec 3>&1
            sum=$( { pg_dump --format=custom --no-owner --no-privileges --dbname="$POSTGRES_DB" | tee >(sha256sum | cut -c1-64 >&4) >&3; } 4>&1 )
            echo "$sum" >&2
            """;

    /**
     * Into a database beside the one that is there, which takes its place when it is whole. Where that broke off, the same again goes on
     * from nothing.
     */
    static final String RESTORE = LOGIN + """
            trap 'rm -f "$FOLDER/$DUMP" "$FOLDER/$AFTERWARDS"' EXIT
            fresh=${POSTGRES_DB}_restored
            sql --dbname=postgres --set=fresh="$fresh" <<'END'
            drop database if exists :"fresh" with (force);
            create database :"fresh";
            END
            pg_restore --exit-on-error --single-transaction --no-owner --no-privileges --dbname="$fresh" "$FOLDER/$DUMP"
            sql --dbname="$fresh" --single-transaction --file="$FOLDER/$AFTERWARDS" >&2
            sql --dbname=postgres --set=fresh="$fresh" --set=from="$RESTORED_FROM" <<'END'
            comment on database :"fresh" is :'from';
            drop database if exists :"name" with (force);
            alter database :"fresh" rename to :"name";
            END
            """;

    private DatabaseScripts() {}
}
