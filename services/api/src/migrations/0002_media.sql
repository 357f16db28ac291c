-- Uploads into staging. The size of the parts is fixed here, whatever the setting becomes later.
create table uploads (
  id uuid primary key,
  user_id uuid not null references users,
  file_name text not null,
  content_type text not null,
  size bigint not null check (size > 0),
  part_bytes bigint not null check (part_bytes > 0),
  object_key text not null,
  storage_id text not null,
  status text not null default 'open' check (status in ('open', 'completed', 'aborted')),
  -- Tag that the whole object must have, noted before storage is asked to complete it.
  expected_tag text,
  created_at timestamptz not null default now()
);

-- An asset has the id of its upload. Lists go by position: newest first, and stable while others are added.
create table assets (
  id uuid primary key references uploads,
  position bigint not null generated always as identity unique,
  status text not null default 'uploaded'
    check (status in ('uploaded', 'promoting', 'promoted', 'processing', 'ready', 'refused', 'failed')),
  reason text,
  progress smallint,
  playable boolean not null default false,
  media jsonb,
  staging_tag text not null,
  created_at timestamptz not null default now(),
  promoted_at timestamptz
);

-- Copies from staging to masters that are wanted or at work. Whoever holds the lease copies; anybody takes an expired one.
create table promotions (
  asset_id uuid primary key references assets,
  storage_id text,
  storage_since timestamptz,
  completing boolean not null default false,
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  lease_owner uuid,
  lease_until timestamptz
);
create index promotions_due on promotions (due_at);

-- Preview jobs. The table is the truth; the stream only carries them to the workers.
create table jobs (
  id uuid primary key default gen_random_uuid(),
  position bigint not null generated always as identity unique,
  asset_id uuid not null references assets,
  state text not null default 'waiting'
    check (state in ('waiting', 'queued', 'running', 'done', 'refused', 'failed')),
  attempts integer not null default 0,
  worker text,
  reason text,
  -- SHA-256 of every token that was handed out with it.
  token_hashes bytea[] not null default '{}',
  entry text,
  due_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create unique index jobs_one_at_a_time on jobs (asset_id) where state in ('waiting', 'queued', 'running');
create index jobs_due on jobs (due_at) where state in ('waiting', 'queued', 'running');
create index jobs_asset on jobs (asset_id);
