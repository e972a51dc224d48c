-- Who may come in, and who is in. No domain truth lives here.

create table account (
  person_id uuid primary key,
  login text not null unique,
  name text not null,
  roles text[] not null check (cardinality(roles) > 0),
  password_hash text not null,
  created_at timestamptz not null default clock_timestamp(),
  disabled_at timestamptz
);

-- The token itself is only in the person's browser: who reads this table cannot sign in with it.
create table session (
  token_sha256 bytea primary key check (octet_length(token_sha256) = 32),
  person_id uuid not null references account,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null
);
create index session_of_person on session (person_id, created_at);
create index session_to_sweep on session (expires_at);

-- Attempts to sign in by login name, whether or not such an account exists: an answer that came
-- only for known names would tell which names are known. The program bounds the number of rows.
create table sign_in_failure (
  login text primary key,
  failures int not null,
  last_at timestamptz not null,
  blocked_until timestamptz not null
);
create index sign_in_failure_by_age on sign_in_failure (last_at);
