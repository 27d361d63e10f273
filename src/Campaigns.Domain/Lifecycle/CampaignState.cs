using System.Collections.Immutable;
using Campaigns.Domain.Documents;
using NodaTime;

namespace Campaigns.Domain.Lifecycle;

/// <summary>A campaign's life so far: its document, who wrote it, and how far operators have taken it.</summary>
public sealed class CampaignState
{
    public Standing Standing { get; private set; }

    /// <summary>Of the document; 0 where there is none.</summary>
    public int Version { get; private set; }

    /// <summary>The highest version that was ever given: a revision that was rejected keeps its number.</summary>
    public int LatestVersion { get; private set; }

    /// <summary>What waits for approval while the approved document is in force; else null.</summary>
    public CampaignRevision? Revision { get; private set; }

    /// <summary>What an author has to have seen: the revision's version where there is one. The ETag.</summary>
    public int VersionToMatch => Revision?.Version ?? Version;

    /// <summary>The document as received; null before the draft.</summary>
    public ImmutableArray<byte>? Document { get; private set; }

    /// <summary>The parsed document; null before the draft.</summary>
    public Campaign? Campaign { get; private set; }

    /// <summary>Everyone who wrote a version of the document: none of them may approve it.</summary>
    public ImmutableSortedSet<string> Authors { get; private set; } =
        ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Who wrote the document that is in force; null before the draft.</summary>
    public string? Author { get; private set; }

    public string? ApprovedBy { get; private set; }

    public ImmutableArray<CommittedSeed> Seeds { get; private set; } = [];

    public Phase PhaseAt(Instant now) => Campaign is null ? Phase.None : Standing.PhaseAt(Campaign.Schedule, now);

    /// <param name="at">The entry's time in the stream.</param>
    public void Apply(CampaignEvent step, Instant at)
    {
        switch (step)
        {
            case CampaignDrafted drafted:
                Take(drafted.By, drafted.Document, 1);
                break;
            case CampaignReplaced replaced:
                Take(replaced.By, replaced.Document, replaced.Version);
                break;
            case CampaignRevised revised:
                Revise(revised);
                break;
            case CampaignSubmitted or CampaignRejected when Revision is not null:
                Revision = step is CampaignSubmitted ? Revision : null;
                break;
            case CampaignSubmitted:
                Standing = Standing with { Stage = Stage.InReview };
                break;
            case CampaignRejected:
                Standing = Standing with { Stage = Stage.Draft };
                break;
            case CampaignApproved approved when Revision is { } revision:
                (Campaign, Document, Version) = (revision.Campaign, revision.Document, revision.Version);
                (ApprovedBy, Authors, Author) = (approved.By, revision.Authors, revision.Author);
                (Seeds, Revision) = (Seeds.AddRange(approved.Seeds), null);
                break;
            case CampaignApproved approved:
                Standing = Standing with { Stage = Stage.Approved };
                (ApprovedBy, Seeds) = (approved.By, approved.Seeds);
                break;
            case CampaignPaused:
                Standing = Standing with { Paused = true };
                break;
            case CampaignResumed:
                Standing = Standing with { Paused = false };
                break;
            case CampaignEnded:
                Standing = Standing with { EndedAt = at };
                break;
            case CampaignSettled:
                Standing = Standing with { Stage = Stage.Settled };
                break;
            case CampaignArchived:
                Standing = Standing with { Stage = Stage.Archived };
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(step));
        }
    }

    private void Revise(CampaignRevised revised)
    {
        var authors = Revision?.Authors ?? ImmutableSortedSet.Create<string>(StringComparer.Ordinal);
        Revision = new CampaignRevision(
            revised.Version, revised.Document, Read(revised.Document), authors.Add(revised.By), revised.By);
        LatestVersion = revised.Version;
    }

    private static Campaign Read(ImmutableArray<byte> document)
    {
        var parsed = CampaignDocument.Parse(document.AsMemory());
        return parsed.Campaign
            ?? throw new FormatException($"A document of the journal is refused: {parsed.Faults[0].Message}");
    }

    private void Take(string by, ImmutableArray<byte> document, int version)
    {
        Campaign = Read(document);
        Document = document;
        (Version, LatestVersion) = (version, version);
        (Authors, Author) = (Authors.Add(by), by);
        Standing = new Standing(Stage.Draft);
    }
}
