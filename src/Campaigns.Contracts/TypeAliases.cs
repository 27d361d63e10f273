namespace Campaigns.Contracts;

/// <summary>
/// The names under which types travel between processes, and grain interfaces are addressed. An alias is final: a
/// changed meaning is a new type with a new alias.
/// </summary>
internal static class TypeAliases
{
    public const string Outcome = "camp.outcome";
    public const string Fact = "camp.fact";
    public const string FactKind = "camp.fact-kind";
    public const string FactSet = "camp.fact-set";
    public const string Operation = "camp.operation";
    public const string Reward = "camp.reward";
    public const string Texts = "camp.texts";

    public const string UserGrain = "camp.user-grain";
    public const string CheckInCommand = "camp.check-in-command";
    public const string CheckInReply = "camp.check-in-reply";
    public const string CheckInResult = "camp.check-in-result";
    public const string TakeCommand = "camp.take-command";
    public const string TakeReply = "camp.take-reply";
    public const string TakeResult = "camp.take-result";
    public const string UserDrawCommand = "camp.user-draw-command";
    public const string FactsCommand = "camp.facts-command";
    public const string FactsReply = "camp.facts-reply";
    public const string UserReply = "camp.user-reply";
    public const string Balance = "camp.balance";
    public const string UserCampaignReply = "camp.user-campaign-reply";
    public const string UserActivity = "camp.user-activity";
    public const string TransferPage = "camp.transfer-page";
    public const string Transfer = "camp.transfer";
    public const string TransferRequest = "camp.transfer-request";
    public const string QuoteCommand = "camp.quote-command";
    public const string QuoteReply = "camp.quote-reply";
    public const string QuoteOffer = "camp.quote-offer";
    public const string DiscountHoldCommand = "camp.discount-hold-command";
    public const string DiscountHoldReply = "camp.discount-hold-reply";

    public const string CampaignGrain = "camp.campaign-grain";
    public const string Lifecycle = "camp.lifecycle";
    public const string DocumentCommand = "camp.document-command";
    public const string LifecycleCommand = "camp.lifecycle-command";
    public const string LifecycleAction = "camp.lifecycle-action";
    public const string CampaignReply = "camp.campaign-reply";
    public const string CampaignState = "camp.campaign-state";
    public const string CampaignRevision = "camp.campaign-revision";
    public const string DocumentFault = "camp.document-fault";
    public const string DocumentWarning = "camp.document-warning";
    public const string CampaignSummary = "camp.campaign-summary";
    public const string ActivitySummary = "camp.activity-summary";
    public const string RoundSummary = "camp.round-summary";
    public const string PrizeOdds = "camp.prize-odds";
    public const string SegmentOdds = "camp.segment-odds";
    public const string CampaignDefinition = "camp.campaign-definition";
    public const string SealedSeed = "camp.sealed-seed";
    public const string AuditReply = "camp.audit-reply";
    public const string AccountBalance = "camp.account-balance";

    public const string DirectoryGrain = "camp.directory-grain";
    public const string DirectoryReaderGrain = "camp.directory-reader-grain";
    public const string DirectoryChanges = "camp.directory-changes";
    public const string CampaignChange = "camp.campaign-change";
    public const string StaleCacheException = "camp.stale-cache-exception";

    public const string PacketPoolGrain = "camp.packet-pool-grain";
    public const string PoolDraw = "camp.pool-draw";
    public const string PoolDrawBatch = "camp.pool-draw-batch";
    public const string PoolDrawReplies = "camp.pool-draw-replies";
    public const string PriorClaims = "camp.prior-claims";
    public const string PriorClaim = "camp.prior-claim";
    public const string DrawReply = "camp.draw-reply";
    public const string DrawResult = "camp.draw-result";

    public const string StockGrain = "camp.stock-grain";
    public const string HoldCommand = "camp.hold-command";
    public const string HoldReply = "camp.hold-reply";
    public const string HoldView = "camp.hold-view";
    public const string HoldState = "camp.hold-state";
    public const string HoldAction = "camp.hold-action";
    public const string HoldVerb = "camp.hold-verb";

    public const string OrderGrain = "camp.order-grain";
    public const string ReserveCommand = "camp.reserve-command";
    public const string OrderReply = "camp.order-reply";
    public const string OrderView = "camp.order-view";
    public const string OrderState = "camp.order-state";
    public const string ConfirmCommand = "camp.confirm-command";
    public const string RefundCommand = "camp.refund-command";
}
