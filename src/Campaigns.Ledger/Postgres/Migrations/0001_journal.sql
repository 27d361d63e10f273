-- The journal: one row per event, with the transfer that it makes. Eight-byte columns come first and fixed-width ids
-- next, so that no byte is lost to alignment. Ids and chains are uuid: 16 bytes without a length, compared byte by byte.
create table entries (
    version bigint not null,
    at bigint not null,
    amount bigint,
    stream uuid not null,
    chain uuid not null,
    credit uuid,
    kind smallint not null,
    unit text,
    payload bytea not null,
    primary key (stream, version)
);

-- Credits of one account, by source: a pull reads what is behind its cursor and nothing else.
create index entries_credit on entries (credit, stream, version) where credit <> stream;

-- A cache: losing rows costs time, never truth.
create table snapshots (
    stream uuid not null,
    format integer not null,
    version bigint not null,
    chain uuid not null,
    cursor_streams uuid[] not null,
    cursor_versions bigint[] not null,
    state bytea not null,
    segments integer not null,
    primary key (stream, format)
);

create table snapshot_segments (
    stream uuid not null,
    format integer not null,
    ordinal integer not null,
    bytes bytea not null,
    primary key (stream, format, ordinal)
);

create table leases (
    name text not null primary key,
    holder text not null,
    stamp bigint not null,
    expires timestamptz not null
);
