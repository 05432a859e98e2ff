-- Where each instance is. Of those that were entered before, it is known once they are told of again.
alter table instance add column node text;
create index instance_node on instance (node);
