-- Who was not answered asks again with the same key, and gets the schedule that he asked for before.
alter table schedule add column idempotency_key text;
alter table schedule add unique (app, idempotency_key);
