-- Dead letters that were replayed. The letters themselves lie on their topics.
create table replay (
    letter      text        not null,
    failed_at   timestamptz not null,
    replayed_at timestamptz not null,
    primary key (letter, failed_at)
);
