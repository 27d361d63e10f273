using System.Buffers.Binary;
using System.Security.Cryptography;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;

namespace Campaigns.Ledger.GroupCommit;

/// <summary>
/// What a batch wrote: the payload of <see cref="EntryKind.BatchSealed"/>. It names the rows, so that the audit finds
/// those that are missing, and holds a digest over them. The entry's own chain keys it.
/// </summary>
internal sealed record BatchSeal(IReadOnlyList<SealedRange> Ranges, UInt128 Digest)
{
    public static BatchSeal Over(IReadOnlyList<Commit> commits)
    {
        var ranges = new List<SealedRange>(commits.Count);
        using var digest = new RowDigest();
        foreach (var commit in commits)
        {
            foreach (var entry in commit.Entries)
            {
                digest.Add(entry.Stream, entry.Version, entry.Chain);
            }

            if (ranges.Count > 0 && ranges[^1].Stream == commit.Stream)
            {
                ranges[^1] = ranges[^1] with { Count = ranges[^1].Count + commit.Entries.Count };
            }
            else
            {
                ranges.Add(new SealedRange(commit.Stream, commit.ExpectedVersion + 1, commit.Entries.Count));
            }
        }

        return new BatchSeal(ranges, digest.Finish());
    }

    public byte[] Write()
    {
        var writer = new PayloadWriter(32 + Ranges.Count * 20).Unsigned((ulong)Ranges.Count);
        foreach (var range in Ranges)
        {
            writer.Fixed128(range.Stream.Value).Unsigned((ulong)range.From).Unsigned((ulong)range.Count);
        }

        return writer.Fixed128(Digest).ToArray();
    }

    public static BatchSeal Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var ranges = new SealedRange[checked((int)reader.Unsigned())];
        for (var i = 0; i < ranges.Length; i++)
        {
            ranges[i] = new SealedRange(
                new StreamId(reader.Fixed128()), checked((long)reader.Unsigned()), checked((int)reader.Unsigned()));
        }

        return new BatchSeal(ranges, reader.Fixed128());
    }
}

/// <summary>Rows of one stream with consecutive versions.</summary>
internal readonly record struct SealedRange(StreamId Stream, long From, int Count);

/// <summary>
/// The first 128 bits of SHA-256 over (stream, version, chain) of rows in order: 16, 8 and 16 bytes, big-endian.
/// </summary>
internal sealed class RowDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Add(StreamId stream, long version, Chain chain)
    {
        Span<byte> row = stackalloc byte[40];
        stream.WriteTo(row);
        BinaryPrimitives.WriteInt64BigEndian(row[16..], version);
        chain.WriteTo(row[24..]);
        _hash.AppendData(row);
    }

    public UInt128 Finish()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetHashAndReset(hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    public void Dispose() => _hash.Dispose();
}
