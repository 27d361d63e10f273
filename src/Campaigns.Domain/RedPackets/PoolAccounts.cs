namespace Campaigns.Domain.RedPackets;

/// <summary>A shard's money in minor units: <c>funded = remaining + held + issued + refunded</c> at every version.</summary>
public readonly record struct PoolAccounts(long Funded, long Remaining, long Held, long Issued, long Refunded);
