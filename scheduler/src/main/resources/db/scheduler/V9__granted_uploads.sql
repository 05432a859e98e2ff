-- Whom we let put a zip straight into the storage. The row is there before he is, and goes after what he left there.
create table granted_upload (
    id         text primary key,
    app        text        not null,
    service    text        not null,
    expires_at timestamptz not null
);
create index granted_upload_expiry on granted_upload (expires_at);
