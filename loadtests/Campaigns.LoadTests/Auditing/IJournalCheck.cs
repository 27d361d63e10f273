namespace Campaigns.LoadTests.Auditing;

/// <summary>Holds what clients were told of one kind of operation against the journal.</summary>
internal interface IJournalCheck
{
    /// <summary>Called for every row of the journal, in order of stream and version.</summary>
    void Observe(JournalRow row, AuditFindings findings);

    /// <summary>Called after the last row.</summary>
    void Finish(AuditFindings findings);

    /// <summary>Account (campaign/activity/shard) to what the journal says was issued by it.</summary>
    IReadOnlyDictionary<string, long> Issued { get; }
}
