using System.Diagnostics.CodeAnalysis;

namespace Campaigns.Domain.Values;

/// <summary>
/// What a rule decided: the event to commit, the event that the same operation has committed before, or the reason
/// why nothing happens.
/// </summary>
/// <typeparam name="TEvent">The event that Apply takes once it is handed to the journal.</typeparam>
public readonly struct Decision<TEvent>
    where TEvent : class
{
    private readonly bool _replayed;

    private Decision(TEvent? @event, Refusal refusal, string? detail, bool replayed = false)
    {
        Event = @event;
        Refusal = refusal;
        Detail = detail;
        _replayed = replayed;
    }

    public TEvent? Event { get; }

    public Refusal Refusal { get; }

    /// <summary>What exactly failed, for the user: the condition, the limit, the threshold.</summary>
    public string? Detail { get; }

    /// <summary>The event is new: commit it and apply it.</summary>
    [MemberNotNullWhen(true, nameof(Event))]
    public bool Accepted => Event is not null && !_replayed;

    /// <summary>The event is in the journal already: answer from it, commit nothing, apply nothing.</summary>
    [MemberNotNullWhen(true, nameof(Event))]
    public bool Replayed => Event is not null && _replayed;

    public static implicit operator Decision<TEvent>(TEvent accepted) => new(accepted, Refusal.None, null);

    public static implicit operator Decision<TEvent>(Refusal refusal) => new(null, refusal, null);

    /// <summary>The operation was decided before; <paramref name="original"/> is what it committed then.</summary>
    public static Decision<TEvent> Replay(TEvent original) => new(original, Refusal.None, null, replayed: true);

    public static Decision<TEvent> Refuse(Refusal refusal, string detail) => new(null, refusal, detail);
}
