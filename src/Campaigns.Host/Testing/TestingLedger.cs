using Campaigns.Ledger;

namespace Campaigns.Host.Testing;

/// <summary>Puts around a ledger what the settings for tests ask for; without them it is the ledger itself.</summary>
internal static class TestingLedger
{
    public static ILedger Around(ILedger ledger, TestingSettings settings, TimeProvider time)
    {
        if (settings.EntriesPerSecond > 0)
        {
            ledger = new PacedLedger(ledger, settings.EntriesPerSecond, time);
        }

        return settings.ReplyBeforeCommit > TimeSpan.Zero
            ? new HastyLedger(ledger, settings.ReplyBeforeCommit, time)
            : ledger;
    }
}
