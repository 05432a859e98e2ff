-- What is not over is little beside what is: looking for what is overdue reads no history.
create index deployment_unfinished on deployment (deadline) where state in ('ACCEPTED', 'RUNNING');
