using Campaigns.Domain.Values;

namespace Campaigns.Ledger.Postgres;

/// <summary>
/// The one place where 128-bit ids meet uuid. The server compares and prints a uuid byte by byte, so the bytes are
/// big-endian: its order is then the order of the numbers.
/// </summary>
internal static class PostgresIds
{
    public static Guid ToUuid(this StreamId stream)
    {
        Span<byte> bytes = stackalloc byte[16];
        stream.WriteTo(bytes);
        return new Guid(bytes, bigEndian: true);
    }

    public static Guid ToUuid(this Chain chain)
    {
        Span<byte> bytes = stackalloc byte[16];
        chain.WriteTo(bytes);
        return new Guid(bytes, bigEndian: true);
    }

    public static StreamId ToStream(this Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return StreamId.Read(bytes);
    }

    public static Chain ToChain(this Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return Chain.Read(bytes);
    }
}
