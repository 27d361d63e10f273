namespace Campaigns.Domain.RedPackets;

/// <summary>Minor units; <c>funded = remaining + held + issued + refunded</c> at every version of a shard.</summary>
public readonly record struct PoolAccounts(long Funded, long Remaining, long Held, long Issued, long Refunded);
