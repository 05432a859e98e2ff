-- The instance that a request is about, where it is about one.
alter table leg add column instance text;
