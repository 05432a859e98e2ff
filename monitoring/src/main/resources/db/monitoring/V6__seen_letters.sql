-- Up to where people know of dead letters: they were alerted, or listed them.
create table letter_mark (
    topic     text        not null,
    place     int         not null,
    letter    bigint      not null,
    failed_at timestamptz not null,
    primary key (topic, place)
);
