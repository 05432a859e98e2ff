-- Whom to be on the machine, to go on with it when the fleet's file does not name it any more: ssh://user@host:port.
alter table machine add column login text;
