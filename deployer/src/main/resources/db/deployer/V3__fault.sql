-- What is wrong with the instance that a request is to revive.
alter table leg add column fault text;
