namespace Campaigns.Contracts;

/// <summary>One user's truth: streaks, quotas, facts and balances; key: the user's id.</summary>
[Alias(TypeAliases.UserGrain)]
public interface IUserGrain : IGrainWithStringKey
{
    [Alias("CheckIn")]
    Task<CheckInReply> CheckIn(CheckInCommand command);

    /// <summary>Draws from a pool whose conditions or limits the pool alone cannot judge.</summary>
    [Alias("Draw"), Repeatable]
    Task<DrawReply> Draw(UserDrawCommand command);

    /// <summary>Takes something at a cost: an exchange, a lottery; safe to repeat under the same key.</summary>
    [Alias("Take"), Repeatable]
    Task<TakeReply> Take(TakeCommand command);

    /// <summary>Takes a partner's facts; a version not above the last one changes nothing.</summary>
    [Alias("PutFacts")]
    Task<FactsReply> PutFacts(FactsCommand command);

    /// <summary>Balances with every credit that is durable when the call arrives.</summary>
    [Alias("Get"), Repeatable]
    Task<UserReply> Get();

    /// <summary>The user's whole state in one campaign.</summary>
    [Alias("GetCampaign"), Repeatable]
    Task<UserCampaignReply> GetCampaign(string campaignId, FactSet facts);

    /// <summary>A page of the user's ledger, newest first.</summary>
    [Alias("GetTransfers"), Repeatable]
    Task<TransferPage> GetTransfers(TransferRequest request);

    /// <summary>Discounts that a payment would get now, best first; reserves nothing.</summary>
    [Alias("Quote"), Repeatable]
    Task<QuoteReply> Quote(QuoteCommand command);

    /// <summary>Checks the user's quota, holds the stock and accepts, for an order; safe to repeat.</summary>
    [Alias("HoldDiscount")]
    Task<DiscountHoldReply> HoldDiscount(DiscountHoldCommand command);

    /// <summary>A hint that a credit waits; may be lost.</summary>
    [Alias("Nudge"), OneWay]
    Task Nudge();
}
