-- The size that a machine's provider did not give it, and why: it is not asked for it again until that is told anew.
alter table machine add column size_refused text, add column size_refused_why text;
