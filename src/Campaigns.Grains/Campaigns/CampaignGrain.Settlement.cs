using Campaigns.Domain.Lifecycle;
using NodaTime;

namespace Campaigns.Grains.Campaigns;

/// <summary>
/// After the end every pool is asked to give back what is left, also those that nobody ever drew from.
/// </summary>
internal sealed partial class CampaignGrain
{
    private bool _settled;
    private IGrainTimer? _timer;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        _timer ??= this.RegisterGrainTimer(
            SettleWhenOverAsync,
            new GrainTimerCreationOptions
            {
                DueTime = Services.Options.SettlementInterval,
                Period = Services.Options.SettlementInterval,
                Interleave = true,
            });
    }

    private async Task SettleWhenOverAsync()
    {
        var now = Instant.FromUnixTimeMilliseconds(Journal.Now);
        if (_settled || Journal.IsLost || State.Life.Campaign is not { } campaign
            || State.Life.Standing.Stage < Stage.Approved || State.Life.PhaseAt(now) is not Phase.Ended)
        {
            return;
        }

        try
        {
            var accounts = await PoolAccountsAsync(campaign, settle: true);
            _settled = accounts.TrueForAll(account => account.Remaining == 0 && account.Held == 0);
        }
        catch (TimeoutException)
        {
            // The next round of the timer asks again.
        }
    }
}
