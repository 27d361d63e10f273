using Campaigns.Domain.Payloads;

namespace Campaigns.Domain.RedPackets;

/// <summary>
/// A pool's state for a snapshot: full chunks of claims as segments that never change, everything else in the state.
/// </summary>
public static class PacketPoolSnapshot
{
    /// <summary>Layout of state and segments; another format is ignored by its reader.</summary>
    public const int Format = 1;

    /// <summary>How many segments are complete by now.</summary>
    public static int Segments(PacketPool pool) => pool.Claims.FullChunks;

    public static byte[] WriteSegment(PacketPool pool, int segment)
    {
        var bytes = new byte[ClaimStore.ChunkSize * Claim.Size];
        pool.Claims.WriteFullChunk(segment, bytes);
        return bytes;
    }

    public static byte[] WriteState(PacketPool pool)
    {
        var state = new PayloadWriter(4096);
        pool.Opened.Write(state);
        state.Flag(pool.IsClosed);
        foreach (var round in pool.Rounds)
        {
            round.Write(state);
        }

        state.Unsigned((ulong)pool.Claims.Count).Bytes(pool.Claims.WriteRest());
        return state.ToArray();
    }

    /// <summary>Throws <see cref="FormatException"/> where state and segments do not belong together.</summary>
    public static PacketPool Read(ReadOnlySpan<byte> state, IReadOnlyList<ReadOnlyMemory<byte>> segments)
    {
        var reader = new PayloadReader(state);
        var opened = PacketPoolOpened.Read(ref reader);
        var closed = reader.Flag();
        var rounds = new PoolRound[opened.Rounds.Length];
        for (var round = 0; round < rounds.Length; round++)
        {
            rounds[round] = PoolRound.Read(ref reader);
        }

        var count = reader.Unsigned();
        var pool = new PacketPool(opened, rounds, closed);
        for (var segment = 0; segment < (int)(count / ClaimStore.ChunkSize); segment++)
        {
            pool.Claims.Read(segments[segment].Span);
        }

        pool.Claims.Read(reader.Bytes());
        return (ulong)pool.Claims.Count == count && reader.AtEnd
            ? pool
            : throw new FormatException($"A snapshot of {opened.Name} holds {pool.Claims.Count} of {count} claims.");
    }
}
