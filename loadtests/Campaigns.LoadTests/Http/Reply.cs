namespace Campaigns.LoadTests.Http;

/// <summary>An answer, in the buffer of the connection that it came by.</summary>
internal readonly struct Reply(HttpLinks? links, HttpLink? link) : IDisposable
{
    /// <summary>0: no answer came.</summary>
    public int Status => link?.Status ?? 0;

    /// <summary>True where no connection was to be had: the generator's bound, not the target's.</summary>
    public bool NotSent => link is null;

    public bool Replayed => link?.Replayed ?? false;

    public bool HasRetryAfter => link?.HasRetryAfter ?? false;

    public ReadOnlySpan<byte> Body => link is null ? default : link.Body;

    /// <summary>Microseconds from sending to the answer's end.</summary>
    public long ServiceTime => link?.ServiceTime ?? 0;

    public void Dispose()
    {
        if (link is not null)
        {
            links!.Return(link);
        }
    }
}
