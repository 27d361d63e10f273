using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Campaigns.Gateway.Auth;

/// <summary>
/// Remembers validated tokens by their SHA-256. Two generations of half the bound each: when the young one is full it
/// becomes the old one, whose entries are forgotten unless they were used since.
/// </summary>
internal sealed class TokenCache(int bound)
{
    private readonly Lock _gate = new();
    private ConcurrentDictionary<TokenHash, Caller> _young = new();
    private ConcurrentDictionary<TokenHash, Caller> _old = new();
    private int _generation;
    private int _youngCount;

    public int Count => _young.Count + _old.Count;

    public static TokenHash HashOf(string token)
    {
        Span<byte> ascii = stackalloc byte[512];
        var bytes = token.Length <= ascii.Length ? ascii[..token.Length] : new byte[token.Length];
        Encoding.ASCII.GetBytes(token, bytes);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return MemoryMarshal.Read<TokenHash>(hash);
    }

    /// <param name="generation">That of the signing keys; a new one empties the cache.</param>
    public Caller? Find(in TokenHash hash, int generation)
    {
        if (generation != _generation)
        {
            Forget(generation);
        }

        if (_young.TryGetValue(hash, out var caller))
        {
            return caller;
        }

        if (_old.TryGetValue(hash, out caller))
        {
            Add(hash, caller, generation);
        }

        return caller;
    }

    public void Add(in TokenHash hash, Caller caller, int generation)
    {
        if (generation != _generation
            || !_young.TryAdd(hash, caller)
            || Interlocked.Increment(ref _youngCount) < bound / 2)
        {
            return;
        }

        lock (_gate)
        {
            if (_youngCount >= bound / 2)
            {
                _old = _young;
                _young = new ConcurrentDictionary<TokenHash, Caller>();
                _youngCount = 0;
            }
        }
    }

    private void Forget(int generation)
    {
        lock (_gate)
        {
            _old = new ConcurrentDictionary<TokenHash, Caller>();
            _young = new ConcurrentDictionary<TokenHash, Caller>();
            _youngCount = 0;
            _generation = generation;
        }
    }
}

/// <summary>A SHA-256.</summary>
internal readonly record struct TokenHash(ulong A, ulong B, ulong C, ulong D)
{
    public override int GetHashCode() => (int)A;
}
