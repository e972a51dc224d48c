-- With this a browser seals what its person keeps on a computer that others use too. It outlives a
-- change of the password, so that a new one does not shut work in that was never sent.
alter table account add column keeping_key bytea not null
  default sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
  check (octet_length(keeping_key) = 32);
