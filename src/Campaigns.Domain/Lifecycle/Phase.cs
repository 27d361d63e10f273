namespace Campaigns.Domain.Lifecycle;

/// <summary>Where a campaign stands, from its operators' decisions and the time.</summary>
public enum Phase
{
    /// <summary>Never valid.</summary>
    None = 0,
    Draft,
    InReview,

    /// <summary>A second person approved it; its warm-up has not begun.</summary>
    Approved,

    /// <summary>Shown with a countdown; only early access may begin.</summary>
    WarmUp,
    Live,

    /// <summary>Approved, held by an operator, and its end has not come.</summary>
    Paused,
    Ended,
    Settled,
    Archived,
}

/// <summary>How far operators have taken a campaign; time does the rest.</summary>
public enum Stage
{
    /// <summary>There is no such campaign.</summary>
    None = 0,
    Draft,
    InReview,
    Approved,
    Settled,
    Archived,
}
