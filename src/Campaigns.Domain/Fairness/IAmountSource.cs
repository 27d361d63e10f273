namespace Campaigns.Domain.Fairness;

/// <summary>
/// The committed seed's numbers for one decision: the same decision asked again draws the same ones, in the same order.
/// </summary>
public interface IAmountSource
{
    /// <summary>Uniform in [<paramref name="min"/>, <paramref name="max"/>], both included.</summary>
    long Uniform(long min, long max);
}
