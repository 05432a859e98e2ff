-- How each version of a service wants to be scaled, as its manifest says.
create table scale_policy (
    app     text        not null,
    service text        not null,
    version int         not null,
    least   int         not null,
    most    int         not null,
    cpu     int         not null,
    told_at timestamptz not null,
    primary key (app, service, version)
);

-- The registered instances of services that can be scaled, and what each was last seen to use.
create table scaled_instance (
    id         text primary key,
    app        text             not null,
    service    text             not null,
    version    int              not null,
    deployment text             not null,
    cpu_limit  double precision not null,
    started_at timestamptz      not null,
    cpu_use    double precision,
    seen_at    timestamptz
);
create index scaled_instance_service on scaled_instance (app, service);

-- What is remembered of the scaling of each service. Restless: something is to happen though nothing is heard.
create table scaled_service (
    app      text    not null,
    service  text    not null,
    state    jsonb   not null,
    restless boolean not null,
    primary key (app, service)
);
create index scaled_service_restless on scaled_service (app, service) where restless;
