using Campaigns.Contracts;
using Campaigns.Domain.Lifecycle;
using Campaigns.Domain.Values;
using Campaigns.Grains.Journal;
using NodaTime;

namespace Campaigns.Grains.Campaigns;

/// <summary>
/// After the end every pool is asked to give back what is left, also those that nobody ever drew from. That all have
/// done so is an entry: whoever starts later need not wake them again.
/// </summary>
internal sealed partial class CampaignGrain
{
    private Task<Outcome> _settling = Task.FromResult(Outcome.Done);

    public async Task<Outcome> Settle()
    {
        if (State.Life.Campaign is null || State.Life.Standing.Stage < Stage.Approved)
        {
            return Outcome.NotFound;
        }

        if (State.Life.PhaseAt(Instant.FromUnixTimeMilliseconds(Journal.Now)) < Phase.Ended)
        {
            return Outcome.WrongState;
        }

        // Many shards may take longer than a caller waits; who comes meanwhile learns how that one goes.
        if (_settling.IsCompleted)
        {
            _settling = SettlePoolsAsync();
        }

        return await _settling;
    }

    private async Task<Outcome> SettlePoolsAsync()
    {
        if (!State.PoolsSettled)
        {
            try
            {
                var accounts = await PoolAccountsAsync(State.Life.Campaign!, settle: true);
                if (!accounts.TrueForAll(account => account is { Remaining: 0, Held: 0 }))
                {
                    return Outcome.Held;
                }
            }
            catch (TimeoutException)
            {
                return Outcome.Unavailable;
            }

            if (Journal.IsLost)
            {
                return Outcome.Unavailable;
            }

            if (Journal.TryAppend(new EntryDraft(EntryKind.PoolsSettled, [])) is null)
            {
                return Outcome.Overloaded;
            }
        }

        var version = Journal.Version;
        return await Journal.DurableAsync() ? await AnnounceAsync(version) : Outcome.Unavailable;
    }
}
