using System.Collections.Concurrent;

namespace Campaigns.Contracts;

/// <summary>
/// A process's copies of campaigns. It follows the directory, and no copy is given out that was confirmed more than
/// <see cref="CampaignCacheOptions.MaxAge"/> ago: it refreshes first, and where that fails it gives nothing. So a pause
/// reaches every caller within a second, also in a process that was stopped and continued.
/// </summary>
/// <typeparam name="T">What is kept of a campaign.</typeparam>
/// <param name="read">Reads one campaign as of a version or later; null: not there (yet).</param>
public sealed class CampaignCache<T>(
    IGrainFactory grains, Func<string, long, Task<T?>> read, CampaignCacheOptions options, TimeProvider time)
    where T : class
{
    private readonly ConcurrentDictionary<string, T> _copies = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private Task? _refresh;
    private long _version;
    private long _confirmed;
    private bool _everConfirmed;

    /// <summary>
    /// The copy, or null where there is no such campaign; throws <see cref="StaleCacheException"/> when it cannot be
    /// confirmed.
    /// </summary>
    public ValueTask<T?> GetAsync(string campaignId) =>
        IsFresh && Find(campaignId) is { } copy ? ValueTask.FromResult<T?>(copy) : RefreshedAsync(campaignId);

    /// <summary>All copies, in order of their ids.</summary>
    public async ValueTask<IReadOnlyList<T>> AllAsync()
    {
        await EnsureFreshAsync();
        return [.. _copies.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)];
    }

    /// <summary>Learns of every change announced before the call; where that fails the next poll does it.</summary>
    public async Task CatchUpAsync()
    {
        try
        {
            // The first one may have begun before the change.
            await RefreshAsync();
            await RefreshAsync();
        }
        catch (StaleCacheException)
        {
            // As after a failed poll: the next decision refreshes or is refused.
        }
    }

    /// <summary>Polls until stopped; a host runs one per process.</summary>
    public async Task FollowAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(options.PollInterval, time);
        do
        {
            try
            {
                await RefreshAsync();
            }
            catch (StaleCacheException)
            {
                // The next decision refreshes or is refused; the next poll tries again.
            }
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    private bool IsFresh
    {
        get
        {
            lock (_gate)
            {
                return _everConfirmed && time.GetElapsedTime(_confirmed) <= options.MaxAge;
            }
        }
    }

    private T? Find(string campaignId) => _copies.GetValueOrDefault(campaignId);

    private async ValueTask<T?> RefreshedAsync(string campaignId)
    {
        await EnsureFreshAsync();
        if (Find(campaignId) is { } copy)
        {
            return copy;
        }

        // Approved a moment ago, perhaps. A refresh that was under way may have looked too early: then once more.
        var joined = IsRefreshing;
        await RefreshAsync();
        if (joined && Find(campaignId) is null)
        {
            await RefreshAsync();
        }

        return Find(campaignId);
    }

    private bool IsRefreshing
    {
        get
        {
            lock (_gate)
            {
                return _refresh is { IsCompleted: false };
            }
        }
    }

    private async ValueTask EnsureFreshAsync()
    {
        if (!IsFresh)
        {
            await RefreshAsync();
        }

        if (!IsFresh)
        {
            throw new StaleCacheException("The list of campaigns could not be confirmed in time.", null);
        }
    }

    private Task RefreshAsync()
    {
        lock (_gate)
        {
            if (_refresh is null || _refresh.IsCompleted)
            {
                _refresh = RefreshOnceAsync();
            }

            return _refresh;
        }
    }

    private async Task RefreshOnceAsync()
    {
        // What the answer holds was true at some instant after this one.
        var asked = time.GetTimestamp();
        try
        {
            var changes = await grains.DirectoryReader().Changes(_version);
            foreach (var (campaignId, version) in changes.Campaigns)
            {
                if (await read(campaignId, version) is { } copy)
                {
                    _copies[campaignId] = copy;
                }
            }

            lock (_gate)
            {
                _version = changes.Version;
                _confirmed = asked;
                _everConfirmed = true;
            }
        }
        catch (Exception failure) when (failure is not StaleCacheException)
        {
            throw new StaleCacheException("The list of campaigns could not be read.", failure);
        }
    }
}

/// <summary>How close a process follows the directory of campaigns.</summary>
public sealed class CampaignCacheOptions
{
    /// <summary>Between two polls; a quarter of the second within which a pause must hold.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// No decision rests on a copy confirmed longer ago; leaves 200 ms of the second for the decision itself.
    /// </summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromMilliseconds(800);
}

/// <summary>The campaigns' state could not be confirmed; retryable.</summary>
[GenerateSerializer]
[Alias(TypeAliases.StaleCacheException)]
public sealed class StaleCacheException(string message, Exception? inner) : Exception(message, inner);
