-- The trace that the leg belongs to, whoever takes it forward; and since when it is in its state.
alter table leg add column trace_parent text;
alter table leg add column state_since timestamptz not null default now();
