namespace Campaigns.Ledger.Loads;

/// <summary>Bounds of a <see cref="LoadCoalescer"/>; each holds for loads, entries and credits apart.</summary>
public sealed record LoadOptions
{
    /// <summary>Requests of one query: beyond it a query takes longer without costing less per request.</summary>
    public int BatchRequests { get; init; } = 256;

    /// <summary>
    /// Queries under way at the same time: with two, one large stream does not hold up the small ones.
    /// </summary>
    public int Concurrency { get; init; } = 2;

    /// <summary>Requests that may wait, about a second's work; beyond it a request fails at once.</summary>
    public int WaitLimit { get; init; } = 20_000;
}
