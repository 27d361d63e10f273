using Campaigns.Contracts;
using Campaigns.Domain.RedPackets;

namespace Campaigns.Grains.Pools;

/// <summary>A user's claims in sealed shards, between the domain and the wire.</summary>
internal static class PriorClaimsWire
{
    public static PriorClaims Write(in UserClaims claims) =>
        new(Write(claims.Total), Write(claims.Month), Write(claims.Day), Write(claims.Round), claims.AsOf);

    public static UserClaims Read(PriorClaims? prior) => prior is null
        ? default
        : new UserClaims(
            Read(prior.Total), Read(prior.ThisMonth), Read(prior.Today), Read(prior.ThisRound), prior.Day);

    private static PriorClaim Write(ClaimTally tally) =>
        new(tally.Count, tally.Latest.Shard, tally.Latest.Version);

    private static ClaimTally Read(PriorClaim claim) => new(claim.Count, new ClaimPlace(claim.Shard, claim.Entry));
}
