namespace Campaigns.Contracts;

/// <summary>
/// A finite stock that is held under an order and later confirmed or released: a day's discounts, a cash meter.
/// Key <see cref="GrainKeys.Pool"/>, by the number of the activity's stock. It owns the expiry of its holds.
/// </summary>
[Alias(TypeAliases.StockGrain)]
public interface IStockGrain : IGrainWithStringKey
{
    [Alias("Hold")]
    Task<HoldReply> Hold(HoldCommand command);

    /// <summary>Holds and confirms in one commit: the user is paid at once; safe to repeat.</summary>
    [Alias("Grant")]
    Task<HoldReply> Grant(HoldCommand command);

    /// <summary>Confirm, release, or take back of a hold; safe to repeat.</summary>
    [Alias("Act")]
    Task<HoldReply> Act(HoldAction action);

    /// <summary>Whether so much money could be held on that business day; reserves nothing.</summary>
    [Alias("HasRoom"), Repeatable]
    Task<Outcome> HasRoom(long money, int day);

    [Alias("Get"), Repeatable]
    Task<HoldReply> Get(string orderKey);

    /// <summary>Refunds what is due and reports the accounts; safe to repeat.</summary>
    [Alias("Settle")]
    Task<AccountBalance[]> Settle();

    [Alias("Accounts"), Repeatable]
    Task<AccountBalance[]> Accounts();
}

/// <param name="OrderKey">Unique within the stock: partner/order, or an operation of a user.</param>
/// <param name="Money">Minor units; 0 where only pieces are counted.</param>
/// <param name="Day">Business day number that the piece is taken from.</param>
/// <param name="ForSeconds">The hold ends this long after it is made.</param>
/// <param name="Payment">What the user will pay, minor units; a confirmation must name the same.</param>
/// <param name="MerchantId">Who is granted the money on confirmation; null: the user.</param>
/// <param name="Pieces">How many; an older process that knows of one alone sends 0.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.HoldCommand)]
public sealed record HoldCommand(
    [property: Id(0)] string OrderKey,
    [property: Id(1)] string UserId,
    [property: Id(2)] long Money,
    [property: Id(3)] int Day,
    [property: Id(4)] int ForSeconds,
    [property: Id(5)] string? MerchantId,
    [property: Id(6)] ulong BodyHash,
    [property: Id(7)] long Payment,
    [property: Id(8)] int Pieces = 1);

/// <param name="Verb">confirm, release or return.</param>
/// <param name="Reference">Payment id on confirm, refund id on return.</param>
/// <param name="Amount">What was paid on confirm, what of it is given back on return; minor units.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.HoldAction)]
public sealed record HoldAction(
    [property: Id(0)] string OrderKey,
    [property: Id(1)] HoldVerb Verb,
    [property: Id(2)] string? Reference,
    [property: Id(3)] long Amount,
    [property: Id(4)] ulong BodyHash);

[GenerateSerializer]
[Alias(TypeAliases.HoldVerb)]
public enum HoldVerb
{
    /// <summary>Never valid.</summary>
    None = 0,
    Confirm,
    Release,
    Return,
}

[GenerateSerializer, Immutable]
[Alias(TypeAliases.HoldReply)]
public sealed record HoldReply(
    [property: Id(0)] Outcome Outcome,
    [property: Id(1)] HoldView? Hold = null,
    [property: Id(2)] bool Replayed = false,
    [property: Id(3)] string? Detail = null);

/// <param name="Money">What was held, minor units.</param>
/// <param name="Payment">What the user pays, minor units.</param>
/// <param name="Refunded">What of the payment was given back, minor units.</param>
/// <param name="Returned">What of it came back after confirmation, minor units.</param>
/// <remarks>In the answer to a refund, the two are those of this refund alone, so that its retry gets the same
/// answer.</remarks>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.HoldView)]
public sealed record HoldView(
    [property: Id(0)] HoldState State,
    [property: Id(1)] long Money,
    [property: Id(2)] long Returned,
    [property: Id(3)] DateTimeOffset ExpiresAt,
    [property: Id(4)] int Day,
    [property: Id(5)] long Payment,
    [property: Id(6)] long Refunded);

[GenerateSerializer]
[Alias(TypeAliases.HoldState)]
public enum HoldState
{
    /// <summary>Never valid.</summary>
    None = 0,
    Held,
    Confirmed,
    Released,
    Expired,

    /// <summary>Confirmed, then wholly taken back.</summary>
    Returned,
}
