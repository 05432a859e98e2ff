-- What the service registry said last of an instance, whatever is found out besides.
alter table unit add column word text check (word in ('UP', 'DOWN', 'UNKNOWN'));
update unit set word = state where kind = 'INSTANCE';
-- Its container runs and it does not answer: it is down until it does, whatever the registry says.
alter table unit add column hung boolean not null default false;
-- Whether an instance ever answered: one that never did may be out of monitoring's reach.
alter table unit add column answered boolean not null default false;

-- What the node-manager told of it, its engine above all.
alter table node add column told jsonb;
