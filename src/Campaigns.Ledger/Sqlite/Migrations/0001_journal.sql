-- The journal. Ids and chains are 16 bytes, big-endian: blobs then sort like the numbers that they hold.
-- WITHOUT ROWID: one tree instead of a table and its primary key, and the rows of a stream lie together.
create table entries (
    stream blob not null,
    version integer not null,
    at integer not null,
    kind integer not null,
    credit blob,
    unit text,
    amount integer,
    payload blob not null,
    chain blob not null,
    primary key (stream, version)
) strict, without rowid;

-- Credits of one account, by source: a pull reads what is behind its cursor and nothing else.
create index entries_credit on entries (credit, stream, version) where credit <> stream;

create table snapshots (
    stream blob not null,
    format integer not null,
    version integer not null,
    chain blob not null,
    cursor blob not null,
    state blob not null,
    segments integer not null,
    primary key (stream, format)
) strict;

create table snapshot_segments (
    stream blob not null,
    format integer not null,
    ordinal integer not null,
    bytes blob not null,
    primary key (stream, format, ordinal)
) strict;

create table leases (
    name text not null primary key,
    holder text not null,
    stamp integer not null,
    expires integer not null
) strict;
