using System.Collections.Immutable;
using Campaigns.Contracts;
using Campaigns.Domain.Conditions;
using Campaigns.Domain.Documents;
using Campaigns.Domain.Values;
using Campaigns.Grains.Access;
using Campaigns.Grains.Campaigns;
using Campaigns.Grains.Journal;
using Campaigns.Grains.Seeds;
using Campaigns.Ledger;
using NodaTime;

namespace Campaigns.Grains.Users;

/// <summary>One user. Each mechanic has a file of its own; this one holds what they share.</summary>
[Reentrant]
internal sealed partial class UserGrain(
    JournalServices services, LiveCampaigns campaigns, SeedVault vault, Statement statement)
    : JournaledGrain<UserState>(services), IUserGrain
{
    private readonly ActivityTurns _turns = new(services);

    protected override string StreamName => StreamNames.User(UserId);

    protected override bool TakesCredits => true;

    private string UserId => this.GetPrimaryKeyString();

    private Instant Now => Instant.FromUnixTimeMilliseconds(Journal.Now);

    protected override UserState NewState() => new();

    public async Task<FactsReply> PutFacts(FactsCommand command)
    {
        if (Journal.IsLost)
        {
            return new FactsReply(Outcome.Unavailable, 0, false);
        }

        var wanted = new FactsSet(
            command.BodyHash,
            command.Facts.Version,
            [.. command.Tags],
            command.Facts.Facts.Select(FactsWire.Read).ToImmutableSortedDictionary(StringComparer.Ordinal));
        var applied = FactsSet.Decide(State.Facts.Stored, wanted);
        if (applied is not null)
        {
            if (Journal.TryAppend(new EntryDraft(EntryKind.FactsSet, Payloads.Of(applied.Write))) is null)
            {
                return new FactsReply(Outcome.Overloaded, 0, false);
            }
        }

        var version = State.Facts.Version;
        return await Journal.DurableAsync()
            ? new FactsReply(Outcome.Done, version, applied is not null)
            : new FactsReply(Outcome.Unavailable, 0, false);
    }

    public async Task<UserReply> Get()
    {
        if (Journal.IsLost || !await TryPullAsync())
        {
            return new UserReply(Outcome.Unavailable, [], []);
        }

        var balances = State.Balances.Where(pair => pair.Value > 0)
            .Select(pair => new Balance(pair.Key, pair.Value)).ToArray();
        var debts = State.Balances.Where(pair => pair.Value < 0)
            .Select(pair => new Balance(pair.Key, -pair.Value)).ToArray();
        return await Journal.DurableAsync()
            ? new UserReply(Outcome.Done, balances, debts)
            : new UserReply(Outcome.Unavailable, [], []);
    }

    public async Task<TransferPage> GetTransfers(TransferRequest request)
    {
        try
        {
            return await Journal.DurableAsync()
                ? await statement.ReadAsync(Journal.Stream, request)
                : new TransferPage(Outcome.Unavailable, [], null);
        }
        catch (FormatException)
        {
            return new TransferPage(Outcome.Invalid, [], null);
        }
        catch (LedgerUnavailableException)
        {
            return new TransferPage(Outcome.Unavailable, [], null);
        }
    }

    public Task Nudge() => TryPullAsync();

    private Task<bool> TryPullAsync() => Journal.TryPullCreditsAsync();

    /// <summary>The activity by a copy of its campaign that was confirmed recently, or why there is none.</summary>
    private async ValueTask<Found<T>> FindAsync<T>(string campaignId, string activityId)
        where T : Activity
    {
        if (Journal.IsLost)
        {
            return new Found<T>(Outcome.Unavailable);
        }

        try
        {
            var live = await campaigns.GetAsync(campaignId);
            return live?.Document.FindActivity(activityId) is T activity
                ? new Found<T>(Outcome.Done, live, activity)
                : new Found<T>(Outcome.NotFound);
        }
        catch (StaleCacheException)
        {
            return new Found<T>(Outcome.Unavailable);
        }
    }

    /// <summary>The token's facts and what partners have put: for one fact the higher version wins.</summary>
    private Facts Known(FactSet token) => FactsWire.Read(token).Merge(State.Facts.Stored);

    private readonly record struct Found<T>(Outcome Outcome, LiveCampaign? Live = null, T? Activity = null)
        where T : Activity;
}
