namespace Campaigns.Domain.Values;

/// <summary>
/// What an entry of the journal says. Numbers are stored: they never change and are never used again.
/// The hundreds tell who writes it; a new mechanic takes a new decade.
/// </summary>
public enum EntryKind : short
{
    /// <summary>Never stored.</summary>
    None = 0,

    // The group committer: streams committer/*
    CommitterStarted = 1,
    BatchSealed = 2,

    // The directory of campaigns
    CampaignAnnounced = 10,

    // campaign/*
    CampaignDrafted = 100,
    CampaignReplaced = 101,
    CampaignSubmitted = 102,
    CampaignApproved = 103,
    CampaignRejected = 104,
    CampaignPaused = 105,
    CampaignResumed = 106,
    CampaignEnded = 107,
    CampaignSettled = 108,
    CampaignArchived = 109,

    /// <summary>Value enters a budget category of the campaign from outside.</summary>
    BudgetFunded = 110,

    /// <summary>The campaign gives a pool its share of the budget.</summary>
    PoolFunded = 111,

    /// <summary>After the end every pool has given back what it had left, and nothing is held any more.</summary>
    PoolsSettled = 112,

    /// <summary>The next version of an approved campaign's document, for a second person to approve.</summary>
    CampaignRevised = 113,

    // pool/*: red packets
    PacketPoolOpened = 200,
    PacketDrawn = 201,
    PacketRoundSealed = 202,
    PacketRoundRefunded = 203,
    PacketPoolClosed = 204,

    // pool/*: stocks with holds (discounts, cash meters)
    StockOpened = 220,
    StockHeld = 221,
    StockConfirmed = 222,
    StockReleased = 223,
    StockExpired = 224,
    StockReturned = 225,
    StockRefunded = 226,
    StockClosed = 227,

    /// <summary>The stock has met a share of the budget that its campaign gave it.</summary>
    StockFunded = 228,

    /// <summary>Credits a user with the quota of an order that came to nothing.</summary>
    QuotaRestored = 229,

    // user/*
    FactsSet = 300,

    /// <summary>A reward of unlimited kind (points, chances, growth) that the user's own decision created.</summary>
    RewardGranted = 301,
    CheckedIn = 310,
    DiscountAccepted = 320,
    DrawIntended = 330,
    DrawSettled = 331,

    /// <summary>A stock is asked for what the user takes; the cost is spent until it is refused.</summary>
    TakeIntended = 340,
    TakeMade = 341,

    /// <summary>The stock has nothing: the cost comes back, and the key is free again.</summary>
    TakeRefused = 342,

    /// <summary>A reward of unlimited kind that came with what was taken.</summary>
    TakeRewarded = 343,

    /// <summary>A wrong password.</summary>
    TakeMissed = 344,

    // order/*
    OrderReserved = 400,
    OrderTombstoned = 401,
}
