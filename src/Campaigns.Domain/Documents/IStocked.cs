namespace Campaigns.Domain.Documents;

/// <summary>An activity with a stock of its own, which may be raised while the campaign is live.</summary>
public interface IStocked
{
    /// <summary>Pieces in the whole activity; null: unlimited.</summary>
    int? Stock { get; }
}
