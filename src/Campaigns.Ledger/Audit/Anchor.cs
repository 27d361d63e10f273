namespace Campaigns.Ledger.Audit;

/// <summary>
/// Heads of the committers' streams at one time, kept outside the database. With it an audit finds what was cut off
/// before it; what was cut off after the last anchor nobody can see.
/// </summary>
/// <param name="At">Milliseconds since the Unix epoch, UTC.</param>
public sealed record Anchor(long At, IReadOnlyList<StreamHead> Heads);
