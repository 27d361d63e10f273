-- What the application's role needs, and no more: nobody but the owner of the table can change or remove an entry.
grant select, insert on entries to {role};
grant select, insert, update, delete on snapshots, snapshot_segments, leases to {role};
grant select on schema_version to {role};
