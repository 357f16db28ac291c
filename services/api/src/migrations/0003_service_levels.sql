-- When something was last heard of a job: that it waits, or what its worker reports.
alter table jobs add column heard_at timestamptz not null default now();

-- How many previews failed lately is asked for every few seconds.
create index jobs_finished on jobs (finished_at) where finished_at is not null;
