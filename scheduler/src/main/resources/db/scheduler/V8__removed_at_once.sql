-- An app goes in the transaction in which its stop succeeds. Where the rest of a removal was left to do, it can be asked for once more.
delete from scheduled_tasks where task_name = 'app-removal';
update app set removal = null where removal in (select token from deployment where state = 'SUCCEEDED');
