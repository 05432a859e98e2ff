-- Since when a machine boots: it was switched on, and has not answered since.
alter table machine add column boots_since timestamptz;
