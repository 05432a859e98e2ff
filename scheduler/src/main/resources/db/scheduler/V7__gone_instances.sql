-- Of an instance that is gone this is remembered for a while, so that whoever tells of it late does not bring it back.
alter table instance alter column app drop not null;
alter table instance alter column entry drop not null;
alter table instance add column gone_at timestamptz;
create index instance_gone on instance (gone_at) where gone_at is not null;
