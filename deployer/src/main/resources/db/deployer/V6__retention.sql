-- When a request last named a version is asked for each of a service's images.
create index leg_of_service on leg (app, service);
