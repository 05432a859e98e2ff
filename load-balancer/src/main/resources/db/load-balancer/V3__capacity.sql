-- Since when each has waited.
alter table waiting add column since timestamptz not null default now();

-- What was, or is, on a node.
create index reservation_node on reservation (node);
