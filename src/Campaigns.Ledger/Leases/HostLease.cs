using Microsoft.Extensions.Logging;

namespace Campaigns.Ledger.Leases;

/// <summary>
/// The right of one host to use a database alone, renewed until disposed. A courtesy that spares two hosts from fencing
/// each other all the time; what keeps the journal right is its primary key.
/// </summary>
public sealed class HostLease : IAsyncDisposable
{
    private readonly ILeaseStore _store;
    private readonly string _name;
    private readonly LeaseRow _row;
    private readonly LeaseOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _renewals;

    private HostLease(
        ILeaseStore store, string name, LeaseRow row, LeaseOptions options, TimeProvider time, ILogger log)
    {
        (_store, _name, _row, _options, _time, _log) = (store, name, row, options, time, log);
        _renewals = RenewAsync();
    }

    /// <summary>
    /// Cancelled when somebody else has taken the lease: the host has to stop. A database that is away does not take
    /// it: whoever comes back first after that keeps it.
    /// </summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>
    /// Takes a lease that is free or expired. Held, it is watched: renewed meanwhile, its holder is alive and the call
    /// refuses once it has waited for as long as the options say; else it is taken over at its expiry.
    /// </summary>
    /// <param name="holder">Readable, and unique per start of a host: <c>machine/process/start</c>.</param>
    /// <exception cref="DatabaseRefusedException">A live host holds it.</exception>
    /// <exception cref="LedgerUnavailableException">The database could not be asked.</exception>
    public static async Task<HostLease> AcquireAsync(
        ILeaseStore store,
        string name,
        string holder,
        LeaseOptions options,
        TimeProvider time,
        ILogger<HostLease> log,
        CancellationToken cancellation)
    {
        var begun = time.GetTimestamp();
        var since = begun;
        LeaseRow? seen = null;
        while (true)
        {
            // Unchanged for a whole time to live by this clock, it is dead whatever the clock that stamped it said.
            var dead = time.GetElapsedTime(since) >= options.TimeToLive ? seen : null;
            if (await store.TryAcquireAsync(name, holder, options.TimeToLive, dead, cancellation) is { } taken)
            {
                log.LeaseTaken(name, holder);
                return new HostLease(store, name, taken, options, time, log);
            }

            if (await store.ReadAsync(name, cancellation) is { } found)
            {
                if (seen is { } earlier && found != earlier)
                {
                    since = time.GetElapsedTime(begun) < options.WaitForLive
                        ? time.GetTimestamp()
                        : throw new DatabaseRefusedException(
                            $"Another host uses this database and is alive: {found.Holder}. Stop it first.");
                }

                if (seen is null)
                {
                    log.LeaseHeld(name, found.Holder);
                }

                seen = found;
            }

            await Task.Delay(options.WatchEvery, time, cancellation);
        }
    }

    /// <summary>Gives the lease back, so that the next host need not wait.</summary>
    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        await _renewals;
        try
        {
            await _store.ReleaseAsync(_name, _row.Holder, CancellationToken.None);
        }
        catch (LedgerUnavailableException unavailable)
        {
            _log.LeaseNotReleased(unavailable, _name);
        }

        _stop.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        while (true)
        {
            try
            {
                await Task.Delay(_options.RenewEvery, _time, _stop.Token);
                if (!await _store.RenewAsync(_name, _row.Holder, _options.TimeToLive, _stop.Token))
                {
                    _log.LeaseLost(_name);
                    _lost.Cancel();
                    return;
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (LedgerUnavailableException unavailable)
            {
                _log.LeaseNotRenewed(unavailable, _name);
            }
        }
    }
}
