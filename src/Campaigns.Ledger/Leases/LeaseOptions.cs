namespace Campaigns.Ledger.Leases;

/// <summary>Times of a <see cref="HostLease"/>.</summary>
public sealed record LeaseOptions
{
    /// <summary>How long a lease outlives its last renewal: what a restart after a crash may have to wait.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between renewals: three may fail before the lease could be taken.</summary>
    public TimeSpan RenewEvery { get; init; } = TimeSpan.FromMilliseconds(1_500);

    /// <summary>Between looks at a lease that somebody else holds.</summary>
    public TimeSpan WatchEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a holder that is alive is waited for, as when it is about to stop. Zero: not at all.</summary>
    public TimeSpan WaitForLive { get; init; }
}
