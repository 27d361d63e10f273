namespace Campaigns.Peers.Draws;

/// <summary>How a draw ended.</summary>
internal enum DrawOutcome
{
    /// <summary>Never valid.</summary>
    None = 0,
    Won,
    AlreadyDrawn,
    Exhausted,
}

/// <param name="Amount">Fen; of the first draw where there was one already.</param>
internal readonly record struct Drawn(DrawOutcome Outcome, long Amount);

/// <summary>What a peer has given away.</summary>
internal sealed record PoolCount(long Claims, long Amount);

/// <summary>A pool of packets, once per user: the part in which the peers differ.</summary>
internal interface IDrawStore
{
    Task FillAsync(string pool, long[] amounts);

    ValueTask<Drawn> DrawAsync(string pool, string user);

    /// <summary>Counted from what is stored, not from what was answered.</summary>
    Task<PoolCount> CountAsync(string pool);
}
