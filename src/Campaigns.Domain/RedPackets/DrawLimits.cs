using Campaigns.Domain.Documents;

namespace Campaigns.Domain.RedPackets;

/// <summary>The limits of one user: a used-up limit of one tells which draw used it, any other is a quota.</summary>
internal static class DrawLimits
{
    /// <summary>AlreadyDrawn before QuotaExceeded, narrow windows first; None where another draw is allowed.</summary>
    public static DrawAnswer Check(UserLimits limits, in UserClaims claims)
    {
        ReadOnlySpan<(int? Limit, ClaimTally Tally, string Name)> windows =
        [
            (limits.PerRound, claims.Round, "perRound"),
            (limits.PerDay, claims.Day, "perDay"),
            (limits.PerMonth, claims.Month, "perMonth"),
            (limits.Total, claims.Total, "total"),
        ];
        DrawAnswer quota = default;
        foreach (var (limit, tally, name) in windows)
        {
            if (tally.Count >= limit)
            {
                if (limit == 1)
                {
                    return new DrawAnswer(DrawResult.AlreadyDrawn) { Original = tally.Latest, Limit = name };
                }

                quota = quota.Result == DrawResult.None
                    ? new DrawAnswer(DrawResult.QuotaExceeded) { Limit = name }
                    : quota;
            }
        }

        return quota;
    }
}
