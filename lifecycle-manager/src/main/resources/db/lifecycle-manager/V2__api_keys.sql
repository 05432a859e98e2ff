-- Who may use the fleet. The key itself is known to its holder alone. Revoked ones are kept: whoever revoked the first key
-- does not get it back with the next start.
create table api_key (
    id         text primary key,
    name       text        not null,
    role       text        not null,
    sha256     text        not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz
);
