-- The instances there are. The document is the entry as others are told of it; the columns beside it are for looking it up.
create table instance (
    id       text primary key,
    app      text    not null,
    service  text    not null,
    node     text    not null,
    state    text    not null,
    adopted  boolean not null,
    document jsonb   not null
);
create index instance_app on instance (app, service);
create index instance_node on instance (node);

-- Instances that were taken out: their containers may still be there for a while, and must not be taken for lost ones.
create table deregistered (
    id text        primary key,
    at timestamptz not null
);
create index deregistered_at on deregistered (at);

-- The nodes there are, as others are told of them, and what stands in the way of using one.
create table node (
    id       text primary key,
    document jsonb not null,
    problem  text
);
