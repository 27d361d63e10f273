using System.Collections.Immutable;
using Campaigns.Contracts;
using Campaigns.Domain.RedPackets;
using Campaigns.Domain.Values;
using Campaigns.Grains.Journal;
using NodaTime;

namespace Campaigns.Grains.Pools;

/// <summary>What nobody can draw any more goes back to the campaign, each round's rest once.</summary>
internal sealed partial class PacketPoolGrain
{
    private IGrainTimer? _refunds;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        metrics.Forget(this.GetPrimaryKeyString());
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    public async Task<AccountBalance[]> Settle()
    {
        var ready = await PrepareAsync();
        return ready.Refusal == Outcome.Done && Refund(ready)
            ? await Accounts()
            : throw new TimeoutException("The pool cannot be settled now.");
    }

    public async Task<AccountBalance[]> Accounts()
    {
        if (State.Funded == 0)
        {
            await Journal.TryPullCreditsAsync();
        }

        var account = Account();
        return await Journal.DurableAsync()
            ? [account]
            : throw new TimeoutException("The pool's accounts are not durable yet.");
    }

    private AccountBalance Account()
    {
        var accounts = State.Pool?.Accounts ?? new PoolAccounts(State.Funded, State.Funded, 0, 0, 0);
        return new AccountBalance(
            $"{_campaignId}/{_activityId}/{_shard}", Units.Cash, accounts.Funded, accounts.Remaining, accounts.Held,
            accounts.Issued, accounts.Refunded);
    }

    private void StartRefundTimer() =>
        _refunds ??= this.RegisterGrainTimer(
            RefundWhenDueAsync,
            new GrainTimerCreationOptions
            {
                DueTime = Services.Options.SettlementInterval,
                Period = Services.Options.SettlementInterval,
                Interleave = true,
            });

    private async Task RefundWhenDueAsync()
    {
        var ready = await PrepareAsync();
        if (ready.Refusal == Outcome.Done)
        {
            Refund(ready);
            metrics.Report(this.GetPrimaryKeyString(), Account() with { Funded = State.Funded });
        }
    }

    /// <summary>False where the committer's queue has no room for it.</summary>
    private bool Refund(Ready ready)
    {
        var ended = ready.Live!.Definition.Lifecycle is Lifecycle.Ended or Lifecycle.Settled or Lifecycle.Archived;
        var over = ended || ready.Now >= LastRefundAt(ready.Activity!);
        var closes = over && State.Pool is not { IsClosed: true };
        if (DueRefunds(ready, ended).IsEmpty && !closes)
        {
            return true;
        }

        if (!Journal.TryBegin(ready.Activity!.Rounds.Length + 2))
        {
            return false;
        }

        Open(ready);
        var campaign = StreamId.Of(StreamNames.Campaign(_campaignId));
        foreach (var refund in DueRefunds(ready, ended))
        {
            Journal.Stage(new EntryDraft(
                EntryKind.PacketRoundRefunded, Payloads.Of(refund.Event.Write), campaign, Units.Cash, refund.Amount));
        }

        if (over && State.Pool!.Close(ready.DefinitionVersion) is { } closed)
        {
            Journal.Stage(new EntryDraft(EntryKind.PacketPoolClosed, Payloads.Of(closed.Write)));
        }

        Journal.Commit();
        return true;
    }

    private ImmutableArray<PacketRefund> DueRefunds(Ready ready, bool ended) =>
        State.Pool?.DueRefunds(ready.Activity!, ready.Now, ended) ?? [];

    private static Instant LastRefundAt(RedPacketActivity activity)
    {
        var last = Instant.MinValue;
        for (var round = 0; round < activity.Rounds.Length; round++)
        {
            last = Instant.Max(last, RoundPlan.RefundAt(activity, round));
        }

        return last;
    }
}
