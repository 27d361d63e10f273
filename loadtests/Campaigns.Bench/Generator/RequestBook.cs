using System.Globalization;
using System.Text;

namespace Campaigns.Bench.Generator;

/// <summary>All requests of a burst as bytes, so that sending one costs nothing but the system call.</summary>
internal sealed class RequestBook
{
    private const int ChunkBytes = 8 * 1024 * 1024;
    private const int LongestRequest = 4 * 1024;

    private readonly List<byte[]> _chunks = [];
    private readonly ReadOnlyMemory<byte>[] _requests;

    public RequestBook(BurstPlan plan)
    {
        var mint = TokenMint.FromFile(plan.KeyFile);
        _requests = new ReadOnlyMemory<byte>[plan.Requests];
        var free = Memory<byte>.Empty;
        for (var i = 0; i < plan.Requests; i++)
        {
            if (free.Length < LongestRequest)
            {
                _chunks.Add(GC.AllocateUninitializedArray<byte>(ChunkBytes, pinned: true));
                free = _chunks[^1];
            }

            var length = Render(plan, mint, i, free.Span);
            _requests[i] = free[..length];
            free = free[length..];
        }
    }

    public int Count => _requests.Length;

    public ReadOnlySpan<byte> this[int index] => _requests[index].Span;

    private static int Render(BurstPlan plan, TokenMint mint, int number, Span<byte> into)
    {
        var user = string.Create(CultureInfo.InvariantCulture, $"{plan.UserPrefix}{number:D7}");
        return Encoding.ASCII.GetBytes(
            $"POST {plan.Path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {mint.User(user)}\r\n"
            + $"Idempotency-Key: k-{user}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}",
            into);
    }
}
