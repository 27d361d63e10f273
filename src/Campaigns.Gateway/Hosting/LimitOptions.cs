namespace Campaigns.Gateway.Hosting;

/// <summary>Bounds of everything that a client can make large, slow or many. Sizes in bytes.</summary>
public sealed class LimitOptions
{
    /// <summary>Bodies of users; the contract's number.</summary>
    public int UserBody { get; set; } = 16 * 1024;

    /// <summary>Bodies of partners and operators; the contract's number.</summary>
    public int PartnerBody { get; set; } = 64 * 1024;

    /// <summary>Campaign documents; the contract's number.</summary>
    public int CampaignDocument { get; set; } = 1024 * 1024;

    /// <summary>Levels of a JSON body; nothing in the contract needs more than three.</summary>
    public int JsonDepth { get; set; } = 16;

    /// <summary>Path and query; the longest one of the contract has about 300.</summary>
    public int Target { get; set; } = 4 * 1024;

    /// <summary>
    /// The request line as Kestrel reads it; above <see cref="Target"/> so that its excess gets a problem document.
    /// </summary>
    public int RequestLine { get; set; } = 16 * 1024;

    /// <summary>All headers together: a token of 8 KB and as much again.</summary>
    public int Headers { get; set; } = 16 * 1024;

    public int HeaderCount { get; set; } = 64;

    /// <summary>Open connections; about 20 KB of memory each.</summary>
    public long Connections { get; set; } = 20_000;

    /// <summary>
    /// Connections that may wait to be accepted; the kernel's <c>net.core.somaxconn</c> bounds it too. In a burst most
    /// users connect for the first time: who does not fit in here asks again by TCP, a second later.
    /// </summary>
    public int Backlog { get; set; } = 8_192;

    /// <summary>
    /// Requests being answered at one time; the next is refused with 503 at once. Twice what may wait for one pool, so
    /// that a hot one leaves room for others; about a second of check-ins on two cores.
    /// </summary>
    public int Requests { get; set; } = 8_192;

    /// <summary>For all headers to arrive.</summary>
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>For the whole body to arrive, then 408.</summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A body slower than this many bytes per second, after <see cref="BodyGrace"/>, gets 408.</summary>
    public double BodyRate { get; set; } = 240;

    public TimeSpan BodyGrace { get; set; } = TimeSpan.FromSeconds(5);

    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>For a grain to answer, then 503; grains bound their own wait for durability by 2 s.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
