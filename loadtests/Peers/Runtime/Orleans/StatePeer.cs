using System.Net;
using System.Net.Sockets;
using Campaigns.Peers.Draws;
using Campaigns.Peers.Postgres;
using Npgsql;
using Orleans.Configuration;

namespace Campaigns.Peers.Runtime;

/// <summary>A silo in this process whose grains keep their state through the ADO.NET provider.</summary>
internal static class StatePeer
{
    /// <summary>
    /// The provider takes its statements from the table OrleansQuery. These are leaner than the stock ones: one upsert
    /// on a primary key instead of a procedure over a hash index.
    /// </summary>
    private const string Schema =
        """
        create table grain_state (grain_type text not null, key text not null, id0 bigint not null, id1 bigint not null,
            service text not null, payload bytea, version integer not null,
            primary key (grain_type, key, id0, id1, service));
        create table orleansquery (querykey varchar(64) primary key, querytext varchar(8000) not null);
        insert into orleansquery values
            ('ReadFromStorageKey',
            'select payload as PayloadBinary, null::xml as PayloadXml, null::text as PayloadJson,
                now() at time zone ''utc'', version as Version
            from grain_state where grain_type = @GrainTypeString and key = coalesce(@GrainIdExtensionString, '''')
                and id0 = @GrainIdN0 and id1 = @GrainIdN1 and service = @ServiceId'),
            ('WriteToStorageKey',
            'insert into grain_state as had (grain_type, key, id0, id1, service, payload, version)
            values (@GrainTypeString, coalesce(@GrainIdExtensionString, ''''), @GrainIdN0, @GrainIdN1, @ServiceId,
                @PayloadBinary, 1)
            on conflict (grain_type, key, id0, id1, service) do update
                set payload = excluded.payload, version = had.version + 1 where had.version = @GrainStateVersion
            returning version as NewGrainStateVersion'),
            ('ClearStorageKey',
            'update grain_state set payload = null, version = version + 1
            where grain_type = @GrainTypeString and key = coalesce(@GrainIdExtensionString, '''')
                and id0 = @GrainIdN0 and id1 = @GrainIdN1 and service = @ServiceId and version = @GrainStateVersion
            returning version as NewGrainStateVersion');
        """;

    public static async Task<Func<IServiceProvider, IDrawStore>> AddAsync(
        WebApplicationBuilder builder, string connection)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var database = Databases.Open(connection, connections: 2);
        await Databases.ExecuteAsync(database, Schema);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(siloPort: FreePort(), gatewayPort: 0);
            silo.Configure<EndpointOptions>(endpoints => endpoints.AdvertisedIPAddress = IPAddress.Loopback);
            silo.AddAdoNetGrainStorageAsDefault(storage =>
            {
                storage.Invariant = "Npgsql";
                storage.ConnectionString = connection + Databases.Settings;
            });
        });
        return services => new StateDraws(services.GetRequiredService<IGrainFactory>(), database);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Asks the user's claim, which asks the pool; each writes its state before it answers.</summary>
internal sealed class StateDraws(IGrainFactory grains, NpgsqlDataSource database) : IDrawStore, IAsyncDisposable
{
    public Task FillAsync(string pool, long[] amounts) =>
        grains.GetGrain<IStatePool>(pool).Fill(amounts.Length, amounts.Sum() / amounts.Length);

    public async ValueTask<Drawn> DrawAsync(string pool, string user)
    {
        var reply = await grains.GetGrain<IStateClaim>($"{pool}/{user}").Draw(pool);
        return new Drawn((DrawOutcome)reply.Outcome, reply.Amount);
    }

    public Task<PoolCount> CountAsync(string pool) => Databases.CountAsync(
        database,
        """
        select count(*), coalesce(sum((convert_from(payload, 'UTF8')::json ->> 'Amount')::bigint), 0)::bigint
        from grain_state where key like $1 || '/%' and payload is not null
        """,
        pool);

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
