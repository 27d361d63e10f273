-- What the application's role needs, and no more: nobody but the owner of the tables can change or remove an entry.
-- The owner runs it after a migration: psql -v role=campaigns_app -f Grants.sql
grant select, insert on entries to :"role";
grant select, insert, update, delete on snapshots, snapshot_segments, leases to :"role";
grant select on schema_version to :"role";
grant select on orleansquery to :"role";
grant select, insert, update, delete on orleans_membership_version, orleans_membership to :"role";
grant select, insert, update, delete on orleans_reminders, orleans_storage to :"role";
