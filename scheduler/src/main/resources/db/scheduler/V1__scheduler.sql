-- An app appears with the first upload of one of its services.
create table app (
    name       text primary key,
    created_at timestamptz not null,
    -- The deployment that stops everything before the app is removed.
    removal    text
);

create table service (
    app        text        not null references app on delete cascade,
    name       text        not null,
    created_at timestamptz not null,
    primary key (app, name)
);

-- A version never changes. The same bytes uploaded again are the same version, uploaded last.
create table version (
    app         text        not null,
    service     text        not null,
    version     integer     not null,
    sha256      text        not null,
    size        bigint      not null,
    manifest    jsonb       not null,
    inferred    jsonb       not null,
    uploaded_at timestamptz not null,
    primary key (app, service, version),
    unique (app, service, sha256),
    foreign key (app, service) references service on delete cascade
);
create index version_sha256 on version (sha256);

-- Deployments outlive their app: who asked for its removal wants to know how it ended.
create table deployment (
    token           text primary key,
    app             text        not null,
    mode            text        not null,
    state           text        not null,
    requested_at    timestamptz not null,
    deadline        timestamptz not null,
    idempotency_key text,
    request         jsonb,
    cancelled_at    timestamptz,
    progress        jsonb       not null,
    revision        bigint      not null,
    unique (app, idempotency_key)
);
create index deployment_of_app on deployment (app, requested_at desc, token);

-- Lines of a build, as they arrived. A build that starts over is another attempt.
create table build_log (
    token      text    not null,
    service    text    not null,
    attempt    integer not null,
    first_line integer not null,
    lines      jsonb   not null,
    primary key (token, service, attempt, first_line)
);

-- What the node-manager says runs.
create table instance (
    id    text primary key,
    app   text  not null,
    entry jsonb not null
);
create index instance_of_app on instance (app);

create table schedule (
    id         text primary key,
    app        text        not null references app on delete cascade,
    mode       text        not null,
    services   jsonb       not null,
    at         timestamptz,
    cron       text,
    time_zone  text,
    until      timestamptz,
    created_at timestamptz not null,
    -- When there is something to do next; none: it has ended.
    next_work  timestamptz
);
create index schedule_of_app on schedule (app, created_at);

-- One row for each instant a schedule came due; its key is the last reason why nothing fires twice.
create table schedule_run (
    schedule   text        not null references schedule on delete cascade,
    due_at     timestamptz not null,
    fired_at   timestamptz not null,
    deployment text,
    problem    text,
    primary key (schedule, due_at)
);

-- The work that must happen at its time, whoever is alive then (db-scheduler).
create table scheduled_tasks (
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
create index scheduled_tasks_due on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
