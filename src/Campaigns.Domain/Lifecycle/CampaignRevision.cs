using System.Collections.Immutable;
using Campaigns.Domain.Documents;

namespace Campaigns.Domain.Lifecycle;

/// <summary>
/// The next version of an approved campaign's document; see <see cref="LiveChange"/> for what it may be.
/// </summary>
/// <param name="Authors">Whoever wrote it, since the last approval: none of them may approve it.</param>
/// <param name="Author">Who wrote it last.</param>
public sealed record CampaignRevision(
    int Version, ImmutableArray<byte> Document, Campaign Campaign, ImmutableSortedSet<string> Authors, string Author);
