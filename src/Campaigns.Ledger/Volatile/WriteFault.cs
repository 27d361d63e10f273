namespace Campaigns.Ledger.Volatile;

/// <summary>What a test lets happen to one write of a <see cref="VolatileLedger"/>.</summary>
public enum WriteFault
{
    /// <summary>The write goes through as the journal allows.</summary>
    None = 0,

    /// <summary>Nothing is written, the answer is <see cref="WriteOutcome.Conflict"/>.</summary>
    Conflict,

    /// <summary>Nothing is written, the answer is <see cref="WriteOutcome.NotWritten"/>.</summary>
    NotWritten,

    /// <summary>Nothing is written, the answer is <see cref="WriteOutcome.Blocked"/>.</summary>
    Blocked,

    /// <summary>Written as the journal allows, the answer is <see cref="WriteOutcome.Unknown"/>.</summary>
    UnknownCommitted,

    /// <summary>
    /// Nothing is written yet, the answer is <see cref="WriteOutcome.Unknown"/>; the test may let the lost
    /// transaction end later with <see cref="VolatileJournal.Append"/>.
    /// </summary>
    UnknownNotCommitted,
}
