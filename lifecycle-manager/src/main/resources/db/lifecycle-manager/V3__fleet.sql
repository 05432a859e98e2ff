-- What the fleet is to be.
create table fleet (
    only_one       boolean primary key default true check (only_one),
    document       json        not null,
    platform_image text,
    revision       bigint      not null,
    seeded_at      timestamptz not null,
    changed_at     timestamptz not null
);

-- What is known of each machine. The host key is there from the moment it was pinned.
create table machine (
    name         text primary key,
    state        text,
    address      text,
    host_key     text,
    engine       text,
    prepared_at  timestamptz,
    prepared_for text,
    cpus         double precision,
    memory       text,
    cordoned     boolean not null default false,
    problem      text
);

-- Where each replica of a platform service is to run, and how it was seen last.
create table replica (
    service  text    not null,
    machine  text    not null,
    address  text,
    port     integer not null,
    digest   text,
    state    text    not null,
    since    timestamptz,
    ready_at timestamptz,
    problem  text,
    primary key (service, machine)
);

-- Who acts. The number is raised whenever it changes hands.
create table lease (
    only_one boolean primary key default true check (only_one),
    holder   text        not null,
    fencing  bigint      not null,
    until    timestamptz not null
);
insert into lease (holder, fencing, until) values ('', 0, '-infinity');

-- What was done. News are numbered, so that a reader can go on after the last it has seen.
create sequence news;
create table step (
    id         bigint generated always as identity primary key,
    news       bigint      not null,
    fencing    bigint      not null,
    machine    text        not null,
    service    text,
    what       text        not null,
    state      text        not null,
    detail     text,
    started_at timestamptz not null,
    ended_at   timestamptz
);
create index step_news on step (news);

-- What the last pass found.
create table reconciliation (
    only_one  boolean primary key default true check (only_one),
    news      bigint      not null,
    settled   boolean     not null,
    waits_for json        not null
);
insert into reconciliation (news, settled, waits_for)
values (nextval('news'), false, '["The fleet has not been told yet: gantry up does that"]');

-- What others were told last.
create table announced (
    topic   text not null,
    key     text not null,
    message text not null,
    primary key (topic, key)
);

-- What the lifecycle manager does itself is begun once.
alter table operation add column begun_at timestamptz;
