-- Machines of the fleet and replicas of platform services are judged too.
alter table unit add column kind text not null default 'INSTANCE' check (kind in ('INSTANCE', 'REPLICA', 'MACHINE'));
alter table unit alter column kind drop default;
alter table unit alter column app drop not null;
alter table unit alter column service drop not null;
alter table unit rename column node to machine;
alter table unit drop constraint unit_state_check;
alter table unit add constraint unit_state_check check (state in ('UP', 'SUSPECT', 'DOWN', 'UNKNOWN'));
-- What the lifecycle manager told of it.
alter table unit add column told jsonb;
-- It fell because its machine did: together they are one fault.
alter table unit add column fell_with_machine boolean not null default false;

alter table incident alter column app drop not null;

-- What the node-manager says of each node.
create table node (
    id    text primary key,
    state text not null
);

-- Which monitor judges machines and services; the others stand by.
create table watcher (
    one    boolean primary key default true check (one),
    holder text        not null,
    until  timestamptz not null
);
