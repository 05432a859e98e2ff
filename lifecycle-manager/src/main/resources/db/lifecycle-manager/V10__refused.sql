-- What a machine's provider refused, and is not asked for again until the fleet is told anew.
alter table reconciliation add column refused json not null default '[]';
