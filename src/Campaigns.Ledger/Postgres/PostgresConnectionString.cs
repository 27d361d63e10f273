using System.Data.Common;
using Npgsql;

namespace Campaigns.Ledger.Postgres;

/// <summary>Reads what an operator gave as a connection string.</summary>
public static class PostgresConnectionString
{
    /// <summary>Libpq's own name for the same choice; Npgsql takes it where the string says nothing.</summary>
    private const string GssVariable = "PGGSSENCMODE";

    private static readonly string[] GssKeys = ["GSS Encryption Mode", "GssEncryptionMode"];

    /// <summary>
    /// Without GSS encryption unless the operator asks for it: each connection would look for a library that few
    /// images have, outside of the connect timeout. Throws <see cref="ArgumentException"/> for what is no such string.
    /// </summary>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        var settings = new NpgsqlConnectionStringBuilder(text);
        var given = new DbConnectionStringBuilder { ConnectionString = text };
        if (!GssKeys.Any(given.ContainsKey) && Environment.GetEnvironmentVariable(GssVariable) is null)
        {
            settings.GssEncryptionMode = GssEncryptionMode.Disable;
        }

        return settings;
    }
}
