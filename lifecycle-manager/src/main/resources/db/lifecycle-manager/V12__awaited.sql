-- Since when what was done is to show: whoever acts waits for it, whoever did it.
alter table operation add column awaited_since timestamptz;
