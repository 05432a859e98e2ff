-- What is long over is found without reading what is not.
create index request_finished on request (finished_at);
create index instance_retired on instance (retired_at) where retired_at is not null;
