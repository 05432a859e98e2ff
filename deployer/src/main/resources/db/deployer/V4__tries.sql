-- Which deployer works on the leg's step, and how often that step was begun.
alter table leg add column worked_by text not null default '';
alter table leg add column tries int not null default 1;
