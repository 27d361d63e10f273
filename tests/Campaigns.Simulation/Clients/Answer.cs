using Campaigns.Contracts;

namespace Campaigns.Simulation.Clients;

/// <summary>What a client was told. <paramref name="Text"/>: the result as bytes would show it.</summary>
internal sealed record Answer(Outcome Outcome, string Text = "", object? Result = null, bool Replayed = false)
{
    /// <summary>The client need not ask again.</summary>
    public bool IsDefinite => Outcome is not (Outcome.Unavailable or Outcome.Overloaded or Outcome.None);

    public override string ToString() => $"{Outcome}{(Replayed ? " again" : "")} {Text}";
}
