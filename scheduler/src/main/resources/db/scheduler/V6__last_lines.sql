-- Whether these are the last lines that the build has printed.
alter table build_log add column last boolean not null default false;
