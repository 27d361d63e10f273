namespace Campaigns.Domain.Documents;

/// <summary>What <see cref="CampaignDocument.Parse"/> found: a campaign, or every fault of the document.</summary>
public sealed class ParsedDocument
{
    internal ParsedDocument(
        Campaign? campaign,
        IReadOnlyList<Fault> faults,
        IReadOnlyList<DocumentWarning> warnings,
        IReadOnlyDictionary<string, long> liability)
    {
        Campaign = campaign;
        Faults = faults;
        Warnings = warnings;
        Liability = liability;
    }

    /// <summary>Null exactly when there are faults.</summary>
    public Campaign? Campaign { get; }

    public IReadOnlyList<Fault> Faults { get; }

    public IReadOnlyList<DocumentWarning> Warnings { get; }

    /// <summary>
    /// The most that the campaign can cost each budget category, minor units; a category that it cannot cost, or can
    /// cost without bound, is absent.
    /// </summary>
    public IReadOnlyDictionary<string, long> Liability { get; }

    /// <summary>The text is not JSON.</summary>
    public bool Malformed => Faults is [{ Malformed: true }];
}
