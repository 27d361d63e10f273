using System.Collections.Concurrent;
using System.Diagnostics;

namespace Campaigns.LoadTests.Http;

/// <summary>
/// The connections to the target. The one used last is taken first; a new one is opened where none is free, up to the
/// bound. A request that is not answered in time is given up.
/// </summary>
internal sealed class HttpLinks : IDisposable
{
    private readonly ConcurrentStack<HttpLink> _free = new();
    private readonly ConcurrentBag<HttpLink> _all = [];
    private readonly Uri _target;
    private readonly TokenSigner _signer;
    private readonly int _most;
    private readonly TimeSpan _timeout;
    private readonly Timer _sweep;
    private int _count;

    public HttpLinks(Uri target, TokenSigner signer, int most, TimeSpan timeout)
    {
        (_target, _signer, _most, _timeout) = (target, signer, most, timeout);
        _sweep = new Timer(_ => GiveUpLate(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public int Count => Volatile.Read(ref _count);

    /// <summary>The answer; dispose it once it is read. Never throws: without an answer the status is 0.</summary>
    public async ValueTask<Reply> SendAsync(Call call)
    {
        if (!_free.TryPop(out var link))
        {
            if (Interlocked.Increment(ref _count) > _most)
            {
                Interlocked.Decrement(ref _count);
                return default;
            }

            _all.Add(link = new HttpLink(_target, _signer));
        }

        await link.AskAsync(call);
        return new Reply(this, link);
    }

    public void Return(HttpLink link) => _free.Push(link);

    public void Dispose()
    {
        _sweep.Dispose();
        foreach (var link in _all)
        {
            link.Dispose();
        }
    }

    private void GiveUpLate()
    {
        foreach (var link in _all)
        {
            if (link.AskedAt is not 0 and var asked && Stopwatch.GetElapsedTime(asked) > _timeout)
            {
                link.Dispose();
            }
        }
    }
}
