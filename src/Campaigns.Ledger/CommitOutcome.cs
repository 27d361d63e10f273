namespace Campaigns.Ledger;

/// <summary>How a commit that the group committer took has ended.</summary>
public enum CommitOutcome
{
    /// <summary>Never a valid answer.</summary>
    None = 0,

    /// <summary>Durable: it survives the loss of every process.</summary>
    Committed,

    /// <summary>
    /// Another activation has written the stream, or an earlier commit of this activation failed. Nothing of the
    /// commit is in the journal; the activation must drop its state and load again.
    /// </summary>
    Fenced,

    /// <summary>The committer stopped before it could learn the outcome. The commit may be in the journal.</summary>
    Abandoned,
}
