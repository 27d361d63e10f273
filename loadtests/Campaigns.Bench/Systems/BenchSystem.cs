using System.Globalization;

namespace Campaigns.Bench.Systems;

/// <summary>What was really given away, as the system's store tells.</summary>
internal sealed record StoredCount(long Claims, long Amount);

/// <summary>Something that is measured: it serves the same request as all others.</summary>
internal abstract class BenchSystem : IAsyncDisposable
{
    public const string Activity = "pool";

    /// <summary>As it stands in the table.</summary>
    public abstract string Name { get; }

    public abstract int Port { get; }

    /// <summary>Names of processes and their ids.</summary>
    public abstract IReadOnlyList<(string Name, int Id)> Processes { get; }

    /// <summary>What every good answer holds.</summary>
    public virtual string Proof => "\"outcome\":\"won\"";

    /// <summary>Path of the operation in a campaign that <see cref="PrepareAsync"/> has made.</summary>
    public virtual string Path(string campaign) => Documents.DrawPath(campaign);

    /// <summary>Makes a campaign with enough for so many users.</summary>
    public abstract Task PrepareAsync(string campaign, int users);

    /// <summary>What is stored about a campaign; null where nothing is.</summary>
    public abstract Task<StoredCount?> CountAsync(string campaign);

    public abstract ValueTask DisposeAsync();

    /// <summary>Fen in a pool for so many users.</summary>
    protected static long Budget(int users) => 100L * users;

    protected static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
