using NodaTime;

namespace Campaigns.Domain.RedPackets;

/// <summary>When rounds are open and where their undrawn packets go; follows from the document alone.</summary>
public static class RoundPlan
{
    /// <summary>The ordinal of the round with this id, or -1.</summary>
    public static int Find(RedPacketActivity activity, string id)
    {
        for (var round = 0; round < activity.Rounds.Length; round++)
        {
            if (activity.Rounds[round].Id == id)
            {
                return round;
            }
        }

        return -1;
    }

    /// <summary>The round that is open, else the next to open, else -1: all are over.</summary>
    public static int OpenOrNext(RedPacketActivity activity, Instant now, Instant? earlyFrom = null)
    {
        var next = -1;
        for (var round = 0; round < activity.Rounds.Length; round++)
        {
            var from = OpensAt(activity, round, earlyFrom);
            if (now >= activity.Rounds[round].Until)
            {
                continue;
            }

            if (now >= from)
            {
                return round;
            }

            if (next < 0 || from < OpensAt(activity, next, earlyFrom))
            {
                next = round;
            }
        }

        return next;
    }

    /// <summary>Early access opens only the round that a document without rounds has.</summary>
    public static Instant OpensAt(RedPacketActivity activity, int round, Instant? earlyFrom = null)
    {
        var from = activity.Rounds[round].From;
        var early = activity.Rounds.Length == 1 && activity.Rounds[0].Id == RedPacketActivity.OnlyRound;
        return early && earlyFrom < from ? earlyFrom.Value : from;
    }

    /// <summary>Undrawn packets of <paramref name="origin"/> follow those of <paramref name="round"/>.</summary>
    public static bool Carries(RedPacketActivity activity, int origin, int round) =>
        activity.Remainder == Remainder.NextRound
        && activity.Rounds[origin].Until <= activity.Rounds[round].From;

    /// <summary>From when on nobody can draw a packet of <paramref name="origin"/> any more.</summary>
    public static Instant RefundAt(RedPacketActivity activity, int origin)
    {
        var last = activity.Rounds[origin].Until;
        for (var round = 0; round < activity.Rounds.Length; round++)
        {
            if (Carries(activity, origin, round))
            {
                last = Instant.Max(last, activity.Rounds[round].Until);
            }
        }

        return last;
    }
}
