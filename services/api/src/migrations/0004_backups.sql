-- Dumps that are in storage with their manifests: how old the newest is, is a service level. A restored database knows those
-- before its own dump.
create table backups (
  id text primary key,
  object text not null,
  taken_at timestamptz not null,
  finished_at timestamptz not null,
  bytes bigint not null check (bytes > 0),
  sha256 text not null
);
create index backups_taken on backups (taken_at);
