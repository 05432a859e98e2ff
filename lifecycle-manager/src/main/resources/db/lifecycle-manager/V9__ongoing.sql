-- What the provider is at, and where it is asked after: begun by one lifecycle manager, ended perhaps by another.
create table ongoing (
    machine text primary key,
    what    text        not null,
    address text        not null,
    since   timestamptz not null
);
