-- The trace that shows what came of a deployment; none where nothing was traced.
alter table deployment add column trace_id text;
