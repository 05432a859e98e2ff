-- The machines of the fleet that are nodes, as the lifecycle manager told of them last. Nodes that are set are not among them.
create table machine (
    id       text primary key,
    document jsonb not null
);
