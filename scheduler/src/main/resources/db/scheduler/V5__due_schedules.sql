-- What is due is found where it stands: a schedule by its next instant, a deployment by its deadline. Neither is entered as work besides.
create index schedule_due on schedule (next_work) where next_work is not null;
delete from scheduled_tasks where task_name in ('schedule', 'deployment-deadline');
-- Each stop that ends is asked whether an app is removed by it.
create index app_removal on app (removal) where removal is not null;
