-- What is long over is found without reading what is not.
create index deployment_requested on deployment (requested_at);
create index schedule_run_fired on schedule_run (fired_at);
