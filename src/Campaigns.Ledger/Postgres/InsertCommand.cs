using Npgsql;
using NpgsqlTypes;

namespace Campaigns.Ledger.Postgres;

/// <summary>
/// Writes rows by one prepared statement, a column of all rows in each parameter: one round trip, which is the whole
/// transaction. COPY takes some tenths less of the server above 100 rows a batch, and three round trips with the
/// transaction that it needs around it.
/// </summary>
internal sealed class InsertCommand : IDisposable
{
    private const string Insert =
        """
        insert into entries (version, at, amount, stream, chain, credit, kind, unit, payload)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    private readonly List<long> _version = [];
    private readonly List<long> _at = [];
    private readonly List<long?> _amount = [];
    private readonly List<Guid> _stream = [];
    private readonly List<Guid> _chain = [];
    private readonly List<Guid?> _credit = [];
    private readonly List<short> _kind = [];
    private readonly List<string?> _unit = [];
    private readonly List<ReadOnlyMemory<byte>> _payload = [];
    private readonly NpgsqlCommand _command;

    public InsertCommand(NpgsqlConnection connection)
    {
        _command = new NpgsqlCommand(Insert, connection);
        Add(_version, NpgsqlDbType.Bigint);
        Add(_at, NpgsqlDbType.Bigint);
        Add(_amount, NpgsqlDbType.Bigint);
        Add(_stream, NpgsqlDbType.Uuid);
        Add(_chain, NpgsqlDbType.Uuid);
        Add(_credit, NpgsqlDbType.Uuid);
        Add(_kind, NpgsqlDbType.Smallint);
        Add(_unit, NpgsqlDbType.Text);
        Add(_payload, NpgsqlDbType.Bytea);
    }

    public Task PrepareAsync(CancellationToken cancellation) => _command.PrepareAsync(cancellation);

    public void Fill(IReadOnlyList<Commit> batch)
    {
        Clear();
        foreach (var commit in batch)
        {
            foreach (var entry in commit.Entries)
            {
                _version.Add(entry.Version);
                _at.Add(entry.At);
                _amount.Add(entry.Amount == 0 ? null : entry.Amount);
                _stream.Add(entry.Stream.ToUuid());
                _chain.Add(entry.Chain.ToUuid());
                _credit.Add(entry.Credit.IsNone ? null : entry.Credit.ToUuid());
                _kind.Add((short)entry.Kind);
                _unit.Add(entry.Unit);
                _payload.Add(entry.Payload);
            }
        }
    }

    public Task ExecuteAsync(CancellationToken cancellation) => _command.ExecuteNonQueryAsync(cancellation);

    public void Dispose() => _command.Dispose();

    private void Clear()
    {
        _version.Clear();
        _at.Clear();
        _amount.Clear();
        _stream.Clear();
        _chain.Clear();
        _credit.Clear();
        _kind.Clear();
        _unit.Clear();
        _payload.Clear();
    }

    private void Add<T>(List<T> column, NpgsqlDbType type) =>
        _command.Parameters.Add(
            new NpgsqlParameter<List<T>> { TypedValue = column, NpgsqlDbType = NpgsqlDbType.Array | type });
}
