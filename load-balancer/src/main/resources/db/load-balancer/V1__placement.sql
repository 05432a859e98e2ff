-- One row. Whoever raises the revision holds the ledger until its transaction ends.
-- A picture in memory that is older than the last purge has missed rows: it is drawn anew.
create table ledger (
    revision bigint not null,
    purged   bigint not null
);
insert into ledger (revision, purged) values (0, 0);

-- The nodes as the node-manager last told of them. No document: the node is gone.
create table node (
    id       text primary key,
    document jsonb,
    revision bigint not null
);
create index node_revision on node (revision);

-- What is, or was lately, reserved for an instance. RESERVED until it is registered or the time is up, then IN_USE
-- until it is gone.
create table reservation (
    instance     text primary key,
    access_token text unique,
    app          text        not null,
    service      text        not null,
    node         text        not null,
    milli_cpus   bigint      not null,
    memory       bigint      not null,
    state        text        not null check (state in ('RESERVED', 'IN_USE', 'RELEASED', 'GONE', 'EXPIRED')),
    changed_at   timestamptz not null,
    expires_at   timestamptz,
    revision     bigint      not null,
    check ((state = 'RESERVED') = (expires_at is not null))
);
create index reservation_revision on reservation (revision);
create index reservation_expiry on reservation (expires_at) where state = 'RESERVED';
create index reservation_freed on reservation (changed_at) where state in ('RELEASED', 'GONE', 'EXPIRED');

-- Requests that no node fits now, in the order in which they are tried again.
create table waiting (
    position bigint generated always as identity primary key,
    instance text        not null unique,
    request  jsonb       not null,
    deadline timestamptz not null
);
create index waiting_deadline on waiting (deadline);

-- What was decided, from what, and why.
create table decision (
    id       bigint generated always as identity primary key,
    at       timestamptz not null,
    kind     text        not null check (kind in ('PLACEMENT', 'SCALING')),
    app      text        not null,
    service  text        not null,
    instance text,
    outcome  text        not null,
    reason   text        not null,
    detail   jsonb       not null
);
create index decision_service on decision (app, service, id);
create index decision_instance on decision (instance, id) where instance is not null;
create index decision_at on decision (at);
