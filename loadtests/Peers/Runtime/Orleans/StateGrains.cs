using Campaigns.Peers.Draws;

namespace Campaigns.Peers.Runtime;

/// <param name="Outcome">A <see cref="DrawOutcome"/>.</param>
[GenerateSerializer]
[Alias("campaigns.peers.state-reply")]
public readonly record struct StateReply([property: Id(0)] int Outcome, [property: Id(1)] long Amount);

[Alias("campaigns.peers.state-pool")]
public interface IStatePool : IGrainWithStringKey
{
    [Alias("fill")]
    Task Fill(long count, long each);

    /// <summary>An amount; 0 where the pool is empty.</summary>
    [Alias("take")]
    Task<long> Take();
}

[Alias("campaigns.peers.state-claim")]
public interface IStateClaim : IGrainWithStringKey
{
    [Alias("draw")]
    Task<StateReply> Draw(string pool);
}

/// <summary>What is left in a pool. Every packet has the same amount, so that the state stays small.</summary>
public sealed class PoolState
{
    public long Remaining { get; set; }

    public long Each { get; set; }
}

/// <summary>What a user has drawn.</summary>
public sealed class ClaimState
{
    public long Amount { get; set; }
}

/// <summary>Writes what is left before each answer.</summary>
public sealed class StatePoolGrain([PersistentState("pool")] IPersistentState<PoolState> state) : Grain, IStatePool
{
    public Task Fill(long count, long each)
    {
        state.State = new PoolState { Remaining = count, Each = each };
        return state.WriteStateAsync();
    }

    public async Task<long> Take()
    {
        if (state.State.Remaining == 0)
        {
            return 0;
        }

        state.State.Remaining--;
        await state.WriteStateAsync();
        return state.State.Each;
    }
}

/// <summary>One user's claim on one pool, written before the answer.</summary>
public sealed class StateClaimGrain([PersistentState("claim")] IPersistentState<ClaimState> state)
    : Grain, IStateClaim
{
    public async Task<StateReply> Draw(string pool)
    {
        if (state.State.Amount > 0)
        {
            return new StateReply((int)DrawOutcome.AlreadyDrawn, state.State.Amount);
        }

        var amount = await GrainFactory.GetGrain<IStatePool>(pool).Take();
        if (amount == 0)
        {
            return new StateReply((int)DrawOutcome.Exhausted, 0);
        }

        state.State.Amount = amount;
        await state.WriteStateAsync();
        return new StateReply((int)DrawOutcome.Won, amount);
    }
}
