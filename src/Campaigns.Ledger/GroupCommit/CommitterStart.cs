using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;

namespace Campaigns.Ledger.GroupCommit;

/// <summary>
/// The payload of <see cref="EntryKind.CommitterStarted"/>: the stream's name, and where the streams of the other
/// committers stood, as far as no earlier start has said so.
/// </summary>
internal sealed record CommitterStart(string Name, IReadOnlyList<StreamHead> Links)
{
    public byte[] Write()
    {
        var writer = new PayloadWriter().Text(Name).Unsigned((ulong)Links.Count);
        foreach (var link in Links)
        {
            writer.Fixed128(link.Stream.Value).Unsigned((ulong)link.Version).Fixed128(link.Chain.Value);
        }

        return writer.ToArray();
    }

    public static CommitterStart Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var name = reader.Text();
        var links = new StreamHead[checked((int)reader.Unsigned())];
        for (var i = 0; i < links.Length; i++)
        {
            links[i] = new StreamHead(
                new StreamId(reader.Fixed128()), checked((long)reader.Unsigned()), new Chain(reader.Fixed128()));
        }

        return new CommitterStart(name, links);
    }
}
