using Campaigns.Ledger.Postgres;
using Npgsql;

namespace Campaigns.Ledger.Tests.Postgres;

/// <summary>GSS encryption is off unless somebody asks for it.</summary>
public sealed class PostgresConnectionStringTests
{
    [Theory]
    [InlineData("Host=db;Username=u", GssEncryptionMode.Disable)]
    [InlineData("Host=db;Username=u;GSS Encryption Mode=Prefer", GssEncryptionMode.Prefer)]
    [InlineData("Host=db;Username=u;gssencryptionmode=require", GssEncryptionMode.Require)]
    [InlineData("Host=db;Username=u;gss encryption mode=Disable", GssEncryptionMode.Disable)]
    public void Gss_IsOff_UnlessTheStringNamesIt(string text, GssEncryptionMode mode) =>
        PostgresConnectionString.Parse(text).GssEncryptionMode.ShouldBe(mode);

    [Fact]
    public async Task EveryKindOfConnection_IsWithoutGss()
    {
        await using var connections = new PostgresConnections(new PostgresOptions { ConnectionString = "Host=db" });
        foreach (var source in (NpgsqlDataSource[])
            [connections.Write, connections.Load, connections.Upkeep, connections.Plain])
        {
            new NpgsqlConnectionStringBuilder(source.ConnectionString).GssEncryptionMode
                .ShouldBe(GssEncryptionMode.Disable);
        }
    }

    [Fact]
    public void WhatIsNoConnectionString_IsRefused() =>
        Should.Throw<ArgumentException>(() => PostgresConnectionString.Parse("Nonsense=1"));
}
