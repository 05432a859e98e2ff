-- HELD until the instance is asked for, or the time is up.
alter table reservation drop constraint reservation_state_check;
alter table reservation drop constraint reservation_check;
alter table reservation add constraint reservation_state_check
    check (state in ('HELD', 'RESERVED', 'IN_USE', 'RELEASED', 'GONE', 'EXPIRED'));
alter table reservation add constraint reservation_expires_check
    check ((state in ('HELD', 'RESERVED')) = (expires_at is not null));

drop index reservation_expiry;
create index reservation_expiry on reservation (expires_at) where state in ('HELD', 'RESERVED');
create index reservation_held on reservation (app) where state = 'HELD';
