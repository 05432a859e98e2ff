-- What the deployer was asked to do, by whomever. Kept for ever.
create table request (
    token       text primary key,
    app         text        not null,
    mode        text        not null,
    deadline    timestamptz not null,
    accepted_at timestamptz not null,
    outcome     text,
    finished_at timestamptz
);
create index request_unfinished on request (accepted_at) where outcome is null;

-- One service's way through one request. Legs of a service go one after another, in the order of their numbers.
create table leg (
    number     bigint generated always as identity unique,
    token      text        not null references request,
    app        text        not null,
    service    text        not null,
    mode       text        not null,
    release    jsonb,
    deadline   timestamptz not null,
    stage      jsonb       not null,
    state      text        not null,
    detail     text,
    ended      boolean     not null,
    due_at     timestamptz,
    epoch      bigint      not null,
    began_at   timestamptz not null,
    changed_at timestamptz not null,
    primary key (token, service)
);
create index leg_lane on leg (app, service, number) where not ended;
create index leg_due on leg (due_at) where not ended;

-- The image that each version was built to.
create table image (
    app        text        not null,
    service    text        not null,
    version    integer     not null,
    reference  text        not null,
    recipe     text        not null,
    dockerfile text        not null,
    release    jsonb       not null,
    pushed_at  timestamptz not null,
    lost_at    timestamptz,
    primary key (app, service, version)
);

-- The instances that were brought up. One without retired_at is wanted.
create table instance (
    id           text primary key,
    app          text        not null,
    service      text        not null,
    version      integer     not null,
    deployment   text        not null,
    node         text        not null,
    address      text        not null,
    port         integer,
    access_token text        not null,
    started_at   timestamptz not null,
    died_at      timestamptz,
    retired_at   timestamptz
);
create index instance_wanted on instance (app, service) where retired_at is null;

-- The nodes, as the node-manager publishes them.
create table node (
    id   text primary key,
    node jsonb not null
);

-- Who holds which port of a node.
create table host_port (
    node     text    not null,
    port     integer not null,
    instance text    not null,
    primary key (node, port),
    unique (node, instance)
);

-- What is to be done after a commit; builds apart from the rest, so that the rest never waits for a build.
create table work (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
create index work_execution_time on work (execution_time);
create index work_last_heartbeat on work (last_heartbeat);

create table build_work (like work including all);
