namespace Campaigns.Contracts;

/// <summary>One shard of a red-packet pool; key <see cref="GrainKeys.Pool"/>.</summary>
[Alias(TypeAliases.PacketPoolGrain)]
public interface IPacketPoolGrain : IGrainWithStringKey
{
    /// <summary>
    /// Draws for several users in one call; replies in the same order, each given only once what it says is durable.
    /// </summary>
    [Alias("Draw"), Repeatable]
    Task<DrawReplies> Draw(DrawBatch batch);

    /// <summary>
    /// Has the user won with this key in this shard? Done with the result, KeyReused, or NotFound;
    /// <see cref="DrawReply.GoOn"/> then tells that the shard was sealed once, so that a later shard may know it.
    /// </summary>
    [Alias("Find"), Repeatable]
    Task<DrawReply> Find(string userId, Operation operation);

    /// <summary>Refunds what is due and reports the shard's accounts; safe to repeat.</summary>
    [Alias("Settle")]
    Task<AccountBalance[]> Settle();

    /// <summary>The shard's accounts as of a durable version.</summary>
    [Alias("Accounts"), Repeatable]
    Task<AccountBalance[]> Accounts();
}

[GenerateSerializer, Immutable]
[Alias(TypeAliases.PoolDrawBatch)]
public sealed record DrawBatch([property: Id(0)] PoolDraw[] Draws);

[GenerateSerializer, Immutable]
[Alias(TypeAliases.PoolDrawReplies)]
public sealed record DrawReplies([property: Id(0)] DrawReply[] Replies);

/// <param name="Facts">What the token or the user's grain knows; the pool judges the conditions by it.</param>
/// <param name="Round">The round asked for; null: the one that is open.</param>
/// <param name="Step">Place of this shard in the user's <see cref="ShardOrder"/>.</param>
/// <param name="Prior">The user's claims in shards that answered <see cref="DrawReply.GoOn"/> before.</param>
/// <param name="LimitsHeld">True where the user's grain has decided the limits that span rounds.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.PoolDraw)]
public sealed record PoolDraw(
    [property: Id(0)] string UserId,
    [property: Id(1)] Operation Operation,
    [property: Id(2)] FactSet Facts,
    [property: Id(3)] string? Round,
    [property: Id(4)] int Step,
    [property: Id(5)] PriorClaims? Prior,
    [property: Id(6)] bool LimitsHeld);

/// <summary>One user's claims in sealed shards, in the windows that limits speak of.</summary>
/// <param name="Day">
/// The business day that the windows are of, counted from 1970-01-01: nobody decides for an earlier one.
/// </param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.PriorClaims)]
public sealed record PriorClaims(
    [property: Id(0)] PriorClaim Total,
    [property: Id(1)] PriorClaim ThisMonth,
    [property: Id(2)] PriorClaim Today,
    [property: Id(3)] PriorClaim ThisRound,
    [property: Id(4)] int Day = 0);

/// <param name="Shard">Where the latest of them is written; meaningless where <paramref name="Entry"/> is 0.</param>
/// <param name="Entry">Its version in that shard's stream.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.PriorClaim)]
public readonly record struct PriorClaim(
    [property: Id(0)] int Count, [property: Id(1)] int Shard, [property: Id(2)] long Entry);

/// <param name="GoOn">
/// True: this shard is sealed for the round and has nothing for the user; ask the next shard of the order with
/// <paramref name="Prior"/>. Then <paramref name="Outcome"/> is <see cref="Outcome.Exhausted"/>, which is also the
/// answer once no shard is left.
/// </param>
/// <param name="Round">With <paramref name="GoOn"/>: the round to name at the next shard, so that no other one is met
/// there.</param>
/// <param name="Result">The draw on Done, the original one on AlreadyDrawn.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.DrawReply)]
public sealed record DrawReply(
    [property: Id(0)] Outcome Outcome,
    [property: Id(1)] DrawResult? Result = null,
    [property: Id(2)] bool Replayed = false,
    [property: Id(3)] string? Detail = null,
    [property: Id(4)] bool GoOn = false,
    [property: Id(5)] PriorClaims? Prior = null,
    [property: Id(6)] string? Round = null);

/// <summary>A draw as its row in the journal tells it; the receipt for later verification.</summary>
/// <param name="Pool">campaign/activity/shard.</param>
/// <param name="Entry">Version of the draw's entry in the pool's stream.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="PacketRound">The round whose seed made the packet; differs from Round where it was carried
/// over.</param>
/// <param name="Index">Place of the packet in that round's list of this shard, from 0.</param>
/// <param name="Chain">The entry's chain, 32 hexadecimal digits: proves the row against the journal.</param>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.DrawResult)]
public sealed record DrawResult(
    [property: Id(0)] string Pool,
    [property: Id(1)] long Entry,
    [property: Id(2)] long Amount,
    [property: Id(3)] string Round,
    [property: Id(4)] string PacketRound,
    [property: Id(5)] int Index,
    [property: Id(6)] string? Segment,
    [property: Id(7)] long FactsVersion,
    [property: Id(8)] long DefinitionVersion,
    [property: Id(9)] string Chain,
    [property: Id(10)] DateTimeOffset At);
