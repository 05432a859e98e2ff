-- What is long over is found without reading what is not.
create index incident_closed on incident (closed_at) where closed_at is not null;
create index alert_raised on alert (raised_at);
