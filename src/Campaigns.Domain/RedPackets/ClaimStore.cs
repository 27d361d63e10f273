using System.Numerics;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.RedPackets;

/// <summary>
/// Who drew what from one shard: chunks of fixed-size claims, of which full ones never change and are the snapshot's
/// segments, and two hash indexes, by user and by user and key: a user without limits may own most of the claims, and a
/// retry must not walk them. The indexes are rebuilt on load, so they cost no bytes in a snapshot.
/// </summary>
internal sealed class ClaimStore
{
    /// <summary>Claims of a chunk: 147,456 bytes of a snapshot, few enough rows for a million claims.</summary>
    public const int ChunkSize = 4096;

    private readonly List<Claim[]> _chunks = [];
    private readonly int[] _users;
    private readonly int[] _keys;

    /// <param name="expected">The most claims that the shard can come to; the indexes never grow.</param>
    public ClaimStore(int expected)
    {
        var buckets = BitOperations.RoundUpToPowerOf2((uint)Math.Max(expected, 16));
        _users = new int[buckets];
        _keys = new int[buckets];
        Array.Fill(_users, -1);
        Array.Fill(_keys, -1);
    }

    public int Count { get; private set; }

    /// <summary>Chunks that will not change any more.</summary>
    public int FullChunks => Count / ChunkSize;

    public void Add(StreamId user, ulong keyHash, ulong bodyHash, long version, int day, int round) =>
        Append(new Claim(
            user, keyHash, BodyOf(bodyHash), checked((uint)version), checked((ushort)day), checked((ushort)round)));

    public static uint BodyOf(ulong bodyHash) => (uint)(bodyHash >> 32);

    /// <summary>The claims of one user, newest first.</summary>
    public UserEnumerator Of(StreamId user) => new(this, user);

    public bool TryFind(StreamId user, ulong keyHash, out Claim claim)
    {
        for (var index = KeyBucket(user, keyHash); index >= 0; index = claim.NextByKey)
        {
            claim = At(index);
            if (claim.KeyHash == keyHash && claim.IsOf(user))
            {
                return true;
            }
        }

        claim = default;
        return false;
    }

    public void WriteFullChunk(int chunk, Span<byte> destination) => Write(_chunks[chunk], destination);

    /// <summary>The claims behind the last full chunk.</summary>
    public byte[] WriteRest()
    {
        var rest = Count % ChunkSize;
        var bytes = new byte[rest * Claim.Size];
        if (rest > 0)
        {
            Write(_chunks[^1].AsSpan(0, rest), bytes);
        }

        return bytes;
    }

    /// <summary>Appends what <see cref="WriteFullChunk"/> and <see cref="WriteRest"/> wrote, in that order.</summary>
    public void Read(ReadOnlySpan<byte> claims)
    {
        if (claims.Length % Claim.Size != 0)
        {
            throw new FormatException("A segment of a pool's snapshot is cut inside a claim.");
        }

        for (; !claims.IsEmpty; claims = claims[Claim.Size..])
        {
            Append(Claim.Read(claims));
        }
    }

    private static void Write(ReadOnlySpan<Claim> claims, Span<byte> destination)
    {
        foreach (ref readonly var claim in claims)
        {
            claim.WriteTo(destination);
            destination = destination[Claim.Size..];
        }
    }

    private void Append(Claim claim)
    {
        if (Count == _chunks.Count * ChunkSize)
        {
            _chunks.Add(new Claim[ChunkSize]);
        }

        ref var user = ref UserBucket(claim.User);
        ref var key = ref KeyBucket(claim.User, claim.KeyHash);
        _chunks[^1][Count % ChunkSize] = claim.Linked(user, key);
        user = key = Count++;
    }

    // Ids and keys are hashes already.
    private ref int UserBucket(StreamId user) => ref _users[(int)((ulong)user.Value & (uint)(_users.Length - 1))];

    private ref int KeyBucket(StreamId user, ulong keyHash) =>
        ref _keys[(int)(((ulong)user.Value ^ keyHash) & (uint)(_keys.Length - 1))];

    private ref readonly Claim At(int index) => ref _chunks[index / ChunkSize][index % ChunkSize];

    internal struct UserEnumerator(ClaimStore store, StreamId user)
    {
        private int _next = store.UserBucket(user);
        private int _current = -1;

        public readonly UserEnumerator GetEnumerator() => this;

        public readonly ref readonly Claim Current => ref store.At(_current);

        public bool MoveNext()
        {
            while (_next >= 0)
            {
                _current = _next;
                ref readonly var claim = ref store.At(_current);
                _next = claim.Next;
                if (claim.IsOf(user))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
