using System.Diagnostics.CodeAnalysis;

namespace Campaigns.Domain.Values;

/// <summary>What a rule decided: the event to commit, or the reason why nothing happens.</summary>
/// <typeparam name="TEvent">The event that Apply takes once it is handed to the journal.</typeparam>
public readonly struct Decision<TEvent>
    where TEvent : class
{
    private Decision(TEvent? accepted, Refusal refusal, string? detail)
    {
        Event = accepted;
        Refusal = refusal;
        Detail = detail;
    }

    public TEvent? Event { get; }

    public Refusal Refusal { get; }

    /// <summary>What exactly failed, for the user: the condition, the limit, the threshold.</summary>
    public string? Detail { get; }

    [MemberNotNullWhen(true, nameof(Event))]
    public bool Accepted => Event is not null;

    public static implicit operator Decision<TEvent>(TEvent accepted) => new(accepted, Refusal.None, null);

    public static implicit operator Decision<TEvent>(Refusal refusal) => new(null, refusal, null);

    public static Decision<TEvent> Refuse(Refusal refusal, string detail) => new(null, refusal, detail);
}
