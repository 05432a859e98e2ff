-- The machines that pools have had. Those that are not removed are to be there, as those are that the fleet's document names.
-- A name is given once: what is said of one that is gone is said of no other.
create table pool_machine (
    name       text primary key,
    pool       text        not null,
    number     integer     not null,
    document   json        not null,
    added_at   timestamptz not null,
    leaving_at timestamptz,
    removed_at timestamptz,
    unique (pool, number)
);
create index pool_machine_present on pool_machine (name) where removed_at is null;

-- Why machines of pools came and went.
create table pool_decision (
    id      bigint generated always as identity primary key,
    at      timestamptz not null,
    kind    text        not null check (kind in ('ADD', 'DRAIN', 'KEEP', 'REMOVE')),
    pool    text        not null,
    machine text        not null,
    reason  text        not null
);

-- What the load-balancer said last, and what follows from it.
create table capacity (
    only_one boolean primary key default true check (only_one),
    at       timestamptz not null default '-infinity',
    report   jsonb,
    standing text        not null default ''
);
insert into capacity default values;
