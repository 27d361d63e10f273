-- What the ADO.NET providers of Microsoft Orleans ask for: statements in orleansquery, which they look up by key, fill
-- by parameter name, and whose columns they read by name. Names of keys, parameters and columns are theirs; tables and
-- statements are ours. No money lies here: losing these tables costs a start of the cluster, and nothing else.
create table orleansquery (
    querykey text not null primary key,
    querytext text not null
);

-- Every change of membership raises the version by one; of two writers that read the same one only one succeeds.
create table orleans_membership_version (
    cluster_id text not null primary key,
    version integer not null,
    changed_at timestamptz not null
);

create table orleans_membership (
    cluster_id text not null references orleans_membership_version,
    address text not null,
    port integer not null,
    generation integer not null,
    silo_name text not null,
    host_name text not null,
    status integer not null,
    proxy_port integer not null,
    suspect_times text,
    started_at timestamptz not null,
    alive_at timestamptz not null,
    primary key (cluster_id, address, port, generation)
);

create table orleans_reminders (
    service_id text not null,
    grain_id text not null,
    name text not null,
    starts_at timestamptz not null,
    period bigint not null,
    grain_hash integer not null,
    version integer not null,
    primary key (service_id, grain_id, name)
);

create index orleans_reminders_hash on orleans_reminders (service_id, grain_hash);

-- The key makes one of two first writes fail: without it both would find no row and insert theirs. A grain
-- without a string in its key has the empty one.
create table orleans_storage (
    service_id text not null,
    grain_type text not null,
    key_text text not null,
    key_n0 bigint not null,
    key_n1 bigint not null,
    payload bytea,
    version integer not null,
    changed_at timestamptz not null,
    primary key (service_id, grain_type, key_text, key_n0, key_n1)
);

insert into orleansquery (querykey, querytext) values
('InsertMembershipVersionKey', $$
    with added as (
        insert into orleans_membership_version (cluster_id, version, changed_at) values (@DeploymentId, 0, now())
        on conflict do nothing
        returning 1)
    select count(*) from added
$$),
('InsertMembershipKey', $$
    with raised as (
        update orleans_membership_version v set version = v.version + 1, changed_at = now()
        where v.cluster_id = @DeploymentId and v.version = @Version and not exists (
            select from orleans_membership m
            where m.cluster_id = @DeploymentId and m.address = @Address and m.port = @Port
                and m.generation = @Generation)
        returning 1),
    added as (
        insert into orleans_membership (
            cluster_id, address, port, generation, silo_name, host_name, status, proxy_port, started_at, alive_at)
        select @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime,
            @IAmAliveTime
        from raised
        returning 1)
    select count(*) from added
$$),
('UpdateMembershipKey', $$
    with raised as (
        update orleans_membership_version v set version = v.version + 1, changed_at = now()
        where v.cluster_id = @DeploymentId and v.version = @Version and exists (
            select from orleans_membership m
            where m.cluster_id = @DeploymentId and m.address = @Address and m.port = @Port
                and m.generation = @Generation)
        returning 1),
    changed as (
        update orleans_membership m
        set status = @Status, suspect_times = @SuspectTimes, alive_at = @IAmAliveTime
        from raised
        where m.cluster_id = @DeploymentId and m.address = @Address and m.port = @Port and m.generation = @Generation
        returning 1)
    select count(*) from changed
$$),
('UpdateIAmAlivetimeKey', $$
    update orleans_membership set alive_at = @IAmAliveTime
    where cluster_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation
$$),
('MembershipReadRowKey', $$
    select m.address as Address, m.port as Port, m.generation as Generation, m.silo_name as SiloName,
        m.host_name as HostName, m.status as Status, m.proxy_port as ProxyPort, m.suspect_times as SuspectTimes,
        m.started_at as StartTime, m.alive_at as IAmAliveTime, v.version as Version
    from orleans_membership_version v
    left join orleans_membership m on m.cluster_id = v.cluster_id and m.address = @Address and m.port = @Port
        and m.generation = @Generation
    where v.cluster_id = @DeploymentId
$$),
('MembershipReadAllKey', $$
    select m.address as Address, m.port as Port, m.generation as Generation, m.silo_name as SiloName,
        m.host_name as HostName, m.status as Status, m.proxy_port as ProxyPort, m.suspect_times as SuspectTimes,
        m.started_at as StartTime, m.alive_at as IAmAliveTime, v.version as Version
    from orleans_membership_version v
    left join orleans_membership m on m.cluster_id = v.cluster_id
    where v.cluster_id = @DeploymentId
$$),
('DeleteMembershipTableEntriesKey', $$
    with gone as (delete from orleans_membership where cluster_id = @DeploymentId)
    delete from orleans_membership_version where cluster_id = @DeploymentId
$$),
-- 6: dead. A silo that is not known to be dead keeps its row, however long ago it was heard of.
('CleanupDefunctSiloEntriesKey', $$
    delete from orleans_membership
    where cluster_id = @DeploymentId and status = 6 and alive_at < @IAmAliveTime
$$),
('GatewaysQueryKey', $$
    select address as Address, proxy_port as ProxyPort, generation as Generation
    from orleans_membership
    where cluster_id = @DeploymentId and status = @Status and proxy_port > 0
$$),
('ReadReminderRowsKey', $$
    select grain_id as GrainId, name as ReminderName, starts_at as StartTime, period as Period, version as Version
    from orleans_reminders where service_id = @ServiceId and grain_id = @GrainId
$$),
('ReadReminderRowKey', $$
    select grain_id as GrainId, name as ReminderName, starts_at as StartTime, period as Period, version as Version
    from orleans_reminders where service_id = @ServiceId and grain_id = @GrainId and name = @ReminderName
$$),
('ReadRangeRows1Key', $$
    select grain_id as GrainId, name as ReminderName, starts_at as StartTime, period as Period, version as Version
    from orleans_reminders
    where service_id = @ServiceId and grain_hash > @BeginHash and grain_hash <= @EndHash
$$),
-- The range that goes round the end of the ring.
('ReadRangeRows2Key', $$
    select grain_id as GrainId, name as ReminderName, starts_at as StartTime, period as Period, version as Version
    from orleans_reminders
    where service_id = @ServiceId and (grain_hash > @BeginHash or grain_hash <= @EndHash)
$$),
('UpsertReminderRowKey', $$
    insert into orleans_reminders as had (service_id, grain_id, name, starts_at, period, grain_hash, version)
    values (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
    on conflict (service_id, grain_id, name) do update
    set starts_at = excluded.starts_at, period = excluded.period, grain_hash = excluded.grain_hash,
        version = had.version + 1
    returning version as Version
$$),
('DeleteReminderRowKey', $$
    with gone as (
        delete from orleans_reminders
        where service_id = @ServiceId and grain_id = @GrainId and name = @ReminderName and version = @Version
        returning 1)
    select count(*) from gone
$$),
('DeleteReminderRowsKey', $$
    delete from orleans_reminders where service_id = @ServiceId
$$),
('ReadFromStorageKey', $$
    select payload as PayloadBinary, version as Version
    from orleans_storage
    where service_id = @ServiceId and grain_type = @GrainTypeString
        and key_text = coalesce(@GrainIdExtensionString, '') and key_n0 = @GrainIdN0 and key_n1 = @GrainIdN1
$$),
-- No row: the writer did not know the newest version, and is told so by the provider.
('WriteToStorageKey', $$
    with first as (
        insert into orleans_storage (
            service_id, grain_type, key_text, key_n0, key_n1, payload, version, changed_at)
        select @ServiceId, @GrainTypeString, coalesce(@GrainIdExtensionString, ''), @GrainIdN0, @GrainIdN1,
            @PayloadBinary, 1, now()
        where @GrainStateVersion is null
        on conflict do nothing
        returning version),
    next as (
        update orleans_storage set payload = @PayloadBinary, version = version + 1, changed_at = now()
        where service_id = @ServiceId and grain_type = @GrainTypeString
            and key_text = coalesce(@GrainIdExtensionString, '') and key_n0 = @GrainIdN0 and key_n1 = @GrainIdN1
            and version = @GrainStateVersion
        returning version)
    select version as NewGrainStateVersion from first union all select version from next
$$),
('ClearStorageKey', $$
    update orleans_storage set payload = null, version = version + 1, changed_at = now()
    where service_id = @ServiceId and grain_type = @GrainTypeString
        and key_text = coalesce(@GrainIdExtensionString, '') and key_n0 = @GrainIdN0 and key_n1 = @GrainIdN1
        and version = @GrainStateVersion
    returning version as NewGrainStateVersion
$$),
('DeleteStorageKey', $$
    delete from orleans_storage
    where service_id = @ServiceId and grain_type = @GrainTypeString
        and key_text = coalesce(@GrainIdExtensionString, '') and key_n0 = @GrainIdN0 and key_n1 = @GrainIdN1
        and version = @GrainStateVersion
    returning version + 1 as NewGrainStateVersion
$$);
