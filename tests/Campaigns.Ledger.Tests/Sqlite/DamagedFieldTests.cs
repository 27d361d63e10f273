using Campaigns.Domain.Values;
using Campaigns.Ledger.Audit;
using Campaigns.Testing;

namespace Campaigns.Ledger.Tests.Sqlite;

/// <summary>The file takes blobs of any length and any number: what they hold is ours to check.</summary>
public sealed class DamagedFieldTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly StreamId User = StreamId.Of("user/ada");

    private readonly StreamAuthor _pool = new("pool/damaged");
    private SqliteBackend _backend = null!;
    private ILedger _ledger = null!;

    public async Task InitializeAsync()
    {
        _backend = await StartedAsync();
        _ledger = await _backend.OpenAsync();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            (await _ledger.WriteAsync([_pool.Transfer(User, 100)], None)).ShouldBe(WriteOutcome.Committed);
        }
    }

    public async Task DisposeAsync()
    {
        await _ledger.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Theory]
    [InlineData("chain = x''")]
    [InlineData("chain = x'00'")]
    [InlineData("chain = cast(chain || x'00' as blob)")]
    [InlineData("credit = x''")]
    [InlineData("credit = x'00'")]
    [InlineData("credit = cast(credit || x'00' as blob)")]
    [InlineData("kind = kind + 65536")]
    public async Task FieldThatNobodyWrote_IsUnreadable(string change)
    {
        await _backend.ExecuteAsync($"update entries set {change} where version = 2");

        var rows = await _ledger.ReadAsync(_pool.Stream, 1, 10, None);

        rows.Select(row => row.IsUnreadable).ShouldBe([false, true, false]);
        (await AuditAsync()).ShouldContain((AuditFault.Unreadable, _pool.Stream, 2));
    }

    [Theory]
    [InlineData("x''", false)]
    [InlineData("substr(stream, 1, 15)", false)]
    [InlineData("cast(stream || x'ff' as blob)", true)]
    public async Task StreamOfAnotherLength_IsNamedByItsNearest_AndEndsNoSearch(string stream, bool known)
    {
        await _backend.ExecuteAsync($"update entries set stream = {stream} where version = 2");

        (await _ledger.CreditsAsync(User, new Dictionary<StreamId, long>(), None)).Count.ShouldBe(2);

        var unreadable = (await AuditAsync()).Single(place => place.Fault == AuditFault.Unreadable);
        unreadable.Version.ShouldBe(2);
        (unreadable.Stream == _pool.Stream).ShouldBe(known);
    }

    [Theory]
    [InlineData("update snapshots set chain = x'00'; update entries set chain = x'00' where version = 3")]
    [InlineData("update snapshots set segments = 9223372036854775807")]
    [InlineData("update snapshot_segments set ordinal = -1")]
    public async Task SnapshotThatNobodyWrote_IsPassedOver(string change)
    {
        var head = new Snapshot(
            _pool.Stream, 1, _pool.Version, _pool.Chain, new Dictionary<StreamId, long>(), new byte[] { 1 },
            [new byte[] { 2 }]);
        await _ledger.SaveSnapshotAsync(head, None);
        (await LoadAsync()).Snapshot.ShouldNotBeNull();

        await _backend.ExecuteAsync(change);

        (await LoadAsync()).Snapshot.ShouldBeNull();
        (await LoadAsync()).Tail.Count.ShouldBe(3);
    }

    private static async Task<SqliteBackend> StartedAsync()
    {
        var backend = new SqliteBackend();
        await backend.StartAsync();
        return backend;
    }

    private async Task<StreamLoad> LoadAsync() => (await _ledger.LoadAsync([new(_pool.Stream, true)], None))[0];

    private async Task<List<(AuditFault Fault, StreamId Stream, long Version)>> AuditAsync()
    {
        var findings = await new JournalAudit(StreamAuthor.Key, []).RunAsync(_ledger, null, None);
        return [.. findings.Select(finding => (finding.Fault, finding.Stream, finding.Version))];
    }
}
