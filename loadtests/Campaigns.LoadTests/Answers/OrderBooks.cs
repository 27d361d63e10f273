namespace Campaigns.LoadTests.Answers;

/// <summary>What a partner was told of its orders; an order has the same number in each book.</summary>
internal sealed class OrderBooks(string partner, string prefix)
{
    public string Partner => partner;

    public ToldBook Reserved { get; } = new("reservation");

    public ToldBook Confirmed { get; } = new("confirmation");

    public ToldBook Cancelled { get; } = new("cancellation");

    public string OrderId(int order) => $"{prefix}{order:d8}";
}
