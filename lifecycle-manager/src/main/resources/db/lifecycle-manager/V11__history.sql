-- What is long over is found without reading what is not.
alter table recovery add column asked_at timestamptz not null default now();
create index recovery_asked on recovery (asked_at);
create index operation_finished on operation (finished_at);
