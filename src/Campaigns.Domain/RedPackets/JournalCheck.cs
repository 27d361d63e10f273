using System.Diagnostics.CodeAnalysis;

namespace Campaigns.Domain.RedPackets;

/// <summary>Stays on in production: an entry that cannot follow from the state is a bug or a forged journal.</summary>
internal static class JournalCheck
{
    public static void Require([DoesNotReturnIf(false)] bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException("The journal of a packet pool is inconsistent: " + otherwise + ".");
        }
    }
}
