using System.Collections.Immutable;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.Lifecycle;

/// <summary>An operator's step in a campaign's life, as its stream stores it.</summary>
/// <param name="By">The operator, as the token's <c>sub</c> has it.</param>
public abstract record CampaignEvent(string By)
{
    public abstract EntryKind Kind { get; }

    /// <summary>The whole payload; what precedes the operator is the subtype's to say.</summary>
    public virtual void Write(PayloadWriter payload) => payload.Text(By);

    /// <summary>
    /// Reads the payload of an entry; throws <see cref="FormatException"/> for kinds of other streams.
    /// </summary>
    public static CampaignEvent Read(EntryKind kind, ref PayloadReader payload) => kind switch
    {
        EntryKind.CampaignDrafted => CampaignDrafted.Read(ref payload),
        EntryKind.CampaignReplaced => new CampaignReplaced(payload.Text(), payload.Int32(), [.. payload.Bytes()]),
        EntryKind.CampaignRevised => new CampaignRevised(payload.Text(), payload.Int32(), [.. payload.Bytes()]),
        EntryKind.CampaignSubmitted => new CampaignSubmitted(payload.Text(), payload.Int32()),
        EntryKind.CampaignApproved => CampaignApproved.Read(ref payload),
        EntryKind.CampaignRejected => new CampaignRejected(payload.Text(), payload.OptionalText()),
        EntryKind.CampaignPaused => new CampaignPaused(payload.Text(), payload.OptionalText()),
        EntryKind.CampaignResumed => new CampaignResumed(payload.Text()),
        EntryKind.CampaignEnded => new CampaignEnded(payload.Text(), payload.OptionalText()),
        EntryKind.CampaignSettled => new CampaignSettled(payload.Text()),
        EntryKind.CampaignArchived => new CampaignArchived(payload.Text()),
        _ => throw new FormatException($"An entry of kind {kind} is no step of a campaign's life."),
    };
}

/// <summary>First entry of the stream: it names the stream and holds version 1 of the document, as received.</summary>
public sealed record CampaignDrafted(string By, string CampaignId, ImmutableArray<byte> Document) : CampaignEvent(By)
{
    public override EntryKind Kind => EntryKind.CampaignDrafted;

    public override void Write(PayloadWriter payload) =>
        payload.Text(StreamNames.Campaign(CampaignId)).Text(By).Text(CampaignId).Bytes(Document.AsSpan());

    internal static CampaignDrafted Read(ref PayloadReader payload)
    {
        _ = payload.Text();
        return new CampaignDrafted(payload.Text(), payload.Text(), [.. payload.Bytes()]);
    }
}

/// <param name="Version">Of the new document.</param>
public sealed record CampaignReplaced(string By, int Version, ImmutableArray<byte> Document) : CampaignEvent(By)
{
    public override EntryKind Kind => EntryKind.CampaignReplaced;

    public override void Write(PayloadWriter payload) =>
        payload.Text(By).Signed(Version).Bytes(Document.AsSpan());
}

/// <summary>
/// The document that an approved campaign shall go on by; until it is approved, the one in force stays so.
/// </summary>
/// <param name="Version">Of the new document.</param>
public sealed record CampaignRevised(string By, int Version, ImmutableArray<byte> Document) : CampaignEvent(By)
{
    public override EntryKind Kind => EntryKind.CampaignRevised;

    public override void Write(PayloadWriter payload) =>
        payload.Text(By).Signed(Version).Bytes(Document.AsSpan());
}

public sealed record CampaignSubmitted(string By, int Version) : CampaignEvent(By)
{
    public override EntryKind Kind => EntryKind.CampaignSubmitted;

    public override void Write(PayloadWriter payload) => payload.Text(By).Signed(Version);
}

/// <summary>A second person approved a version; from here on its pools exist and its seeds are committed.</summary>
/// <param name="Seeds">Of a revision: those of the activities that it adds.</param>
public sealed record CampaignApproved(string By, int Version, ImmutableArray<CommittedSeed> Seeds) : CampaignEvent(By)
{
    public override EntryKind Kind => EntryKind.CampaignApproved;

    public override void Write(PayloadWriter payload)
    {
        payload.Text(By).Signed(Version).Unsigned((ulong)Seeds.Length);
        foreach (var seed in Seeds)
        {
            payload.Text(seed.ActivityId).Text(seed.Round).Unsigned((ulong)seed.Generation);
            payload.Bytes(seed.Commitment.AsSpan()).Bytes(seed.Sealed.AsSpan());
        }
    }

    internal static CampaignApproved Read(ref PayloadReader payload)
    {
        var (by, version) = (payload.Text(), payload.Int32());
        var seeds = ImmutableArray.CreateBuilder<CommittedSeed>();
        for (var left = payload.Unsigned(); left > 0; left--)
        {
            seeds.Add(new CommittedSeed(
                payload.Text(),
                payload.Text(),
                checked((int)payload.Unsigned()),
                [.. payload.Bytes()],
                [.. payload.Bytes()]));
        }

        return new CampaignApproved(by, version, seeds.ToImmutable());
    }
}

/// <summary>A seed as the journal keeps it.</summary>
/// <param name="Round">The round's id; empty for an activity without rounds of its own.</param>
/// <param name="Commitment">The hash that is published before opening.</param>
/// <param name="Sealed">The seed, encrypted under a key outside the database.</param>
public sealed record CommittedSeed(
    string ActivityId, string Round, int Generation, ImmutableArray<byte> Commitment, ImmutableArray<byte> Sealed);

/// <summary>The document is a draft again; a revision is dropped.</summary>
public sealed record CampaignRejected(string By, string? Reason) : CampaignEvent(By)
{
    public override EntryKind Kind => EntryKind.CampaignRejected;

    public override void Write(PayloadWriter payload) => payload.Text(By).OptionalText(Reason);
}

public sealed record CampaignPaused(string By, string? Reason) : CampaignEvent(By)
{
    public override EntryKind Kind => EntryKind.CampaignPaused;

    public override void Write(PayloadWriter payload) => payload.Text(By).OptionalText(Reason);
}

public sealed record CampaignResumed(string By) : CampaignEvent(By)
{
    public override EntryKind Kind => EntryKind.CampaignResumed;
}

/// <summary>Ended by hand, for good; the entry's time is the end.</summary>
public sealed record CampaignEnded(string By, string? Reason) : CampaignEvent(By)
{
    public override EntryKind Kind => EntryKind.CampaignEnded;

    public override void Write(PayloadWriter payload) => payload.Text(By).OptionalText(Reason);
}

public sealed record CampaignSettled(string By) : CampaignEvent(By)
{
    public override EntryKind Kind => EntryKind.CampaignSettled;
}

public sealed record CampaignArchived(string By) : CampaignEvent(By)
{
    public override EntryKind Kind => EntryKind.CampaignArchived;
}
