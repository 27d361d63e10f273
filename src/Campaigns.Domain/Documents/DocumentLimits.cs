using NodaTime;

namespace Campaigns.Domain.Documents;

/// <summary>Bounds of a document. They keep every list small enough to be held and looked through in memory.</summary>
public static class DocumentLimits
{
    /// <summary>Bytes; the same as the gateway's bound of a document's body.</summary>
    public const int Bytes = 1024 * 1024;

    /// <summary>Levels of nesting; a valid document needs less than 12.</summary>
    public const int Depth = 32;

    /// <summary>Faults told at once; a last one counts the others.</summary>
    public const int Faults = 1000;

    /// <summary>
    /// Minor units of any one amount: small enough for sums in 64 bits and for JSON readers with doubles.
    /// </summary>
    public const long Amount = 1_000_000_000_000_000;

    public const int Activities = 100;

    public const int Rounds = 100;

    /// <summary>Different denominations of one list.</summary>
    public const int Denominations = 100;

    public const int Shards = 64;

    public const int Tiers = 20;

    public const int Merchants = 1000;

    /// <summary>Conditions of one list.</summary>
    public const int Conditions = 50;

    /// <summary>Values of one <c>in</c>.</summary>
    public const int Operands = 1000;

    public const int Segments = 20;

    /// <summary>Rewards of one list.</summary>
    public const int Rewards = 20;

    public const int Streaks = 20;

    /// <summary>Entries of each part of the catalog.</summary>
    public const int CatalogEntries = 1000;

    /// <summary>Languages of one name.</summary>
    public const int Languages = 20;

    /// <summary>Characters of a name in one language.</summary>
    public const int NameLength = 200;

    /// <summary>Uses, orders or pieces that a limit or stock may count.</summary>
    public const int Pieces = 1_000_000_000;

    /// <summary>Days of a streak or cycle.</summary>
    public const int StreakDays = 366;

    /// <summary>From warm-up to the last claim: users' operations are remembered for so long.</summary>
    public static Duration Campaign { get; } = Duration.FromDays(3 * 366);

    /// <summary>Earliest and latest time that a document may name.</summary>
    public static Instant Earliest { get; } = Instant.FromUtc(2000, 1, 1, 0, 0);

    public static Instant Latest { get; } = Instant.FromUtc(2200, 1, 1, 0, 0);
}
