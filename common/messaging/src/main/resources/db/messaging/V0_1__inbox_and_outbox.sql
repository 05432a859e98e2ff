-- What a service has decided to say. Written with the decision, sent to Kafka right after the commit.
create table outbox (
    id           bigint generated always as identity primary key,
    message_id   text        not null unique,
    topic        text        not null,
    key          text        not null,
    payload      bytea,
    causation_id text,
    trace_parent text,
    created_at   timestamptz not null,
    sent_at      timestamptz
);
create index outbox_unsent on outbox (id) where sent_at is null;
create index outbox_sent on outbox (sent_at) where sent_at is not null;

-- What a consumer has applied. Kafka delivers at least once; a second delivery finds its message here.
create table inbox (
    consumer    text        not null,
    message_id  text        not null,
    received_at timestamptz not null,
    primary key (consumer, message_id)
);
create index inbox_received on inbox (received_at);
