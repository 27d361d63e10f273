using System.ComponentModel.DataAnnotations;
using Campaigns.Contracts;
using Campaigns.Gateway.Answers;

namespace Campaigns.Gateway.Exchanges;

internal sealed record ExchangeBody
{
    public const int MostQuantity = 1_000;

    /// <summary>How many; absent: 1.</summary>
    [Range(1, MostQuantity)]
    public long? Quantity { get; init; }
}

/// <summary>An exchange that was made.</summary>
/// <param name="ExchangeId">Opaque, safe in URLs; the same for the same exchange.</param>
/// <param name="Rewards">Of all pieces together.</param>
internal sealed record ExchangeView(string ExchangeId, int Quantity, RewardView[] Rewards)
{
    public static ExchangeView Of(TakeResult taken) => new(
        OpaqueId.Of(taken.Chain), taken.Quantity, Array.ConvertAll(taken.Rewards, RewardView.Of));
}
