-- What is judged, as it was last seen. What was stopped or replaced is not here.
create table unit (
    id      text primary key,
    app     text        not null,
    service text        not null,
    node    text        not null,
    state   text        not null check (state in ('UP', 'DOWN', 'UNKNOWN')),
    since   timestamptz not null,
    detail  text,
    fell_at timestamptz
);
create index unit_fell_at on unit (fell_at);

-- One fault each, with its history. A unit has one open one at the most.
create table incident (
    id        text primary key,
    unit      text        not null,
    app       text        not null,
    state     text        not null,
    opened_at timestamptz not null,
    closed_at timestamptz,
    due_at    timestamptz,
    document  jsonb       not null
);
create unique index incident_open on incident (unit) where closed_at is null;
create index incident_due on incident (due_at);
create index incident_app on incident (app, opened_at);
create index incident_opened on incident (opened_at);

-- Times in which nothing is healed. There is one open one at the most.
create table meltdown (
    began_at timestamptz primary key,
    over_at  timestamptz
);
create unique index meltdown_open on meltdown ((over_at is null)) where over_at is null;

-- What people were told.
create table alert (
    id        text primary key,
    raised_at timestamptz not null,
    body      text        not null
);

-- Alerts that are to be posted.
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
