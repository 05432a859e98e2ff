-- What was asked for, and what became of it. Kept for ever.
create table operation (
    token        text primary key,
    kind         text        not null,
    what         text        not null,
    requested_at timestamptz not null,
    deadline     timestamptz not null,
    finished_at  timestamptz,
    outcome      text,
    failure      jsonb
);

-- What monitoring asked for, each try once.
create table recovery (
    incident text    not null,
    attempt  integer not null,
    token    text    not null unique,
    primary key (incident, attempt)
);

-- What the service registry holds.
create table instance (
    id      text primary key,
    app     text not null,
    service text not null,
    kind    text not null
);
create index instance_service on instance (app, service);
