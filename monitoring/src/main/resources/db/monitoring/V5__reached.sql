-- One may hang before it is asked for the first time; that it takes a connection shows that it is not out of reach.
alter table unit rename column answered to reached;
