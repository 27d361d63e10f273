using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;

namespace Campaigns.Domain.Stocks;

/// <summary>The merchants that a stock has met, numbered in that order, with their granted accounts.</summary>
internal sealed class MerchantTable
{
    private readonly List<string> _names = [];
    private readonly List<StreamId> _granted = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public string Name(int number) => _names[number];

    public StreamId Granted(int number) => _granted[number];

    public int NumberOf(string merchant, string poolName)
    {
        if (_numbers.TryGetValue(merchant, out var known))
            return known;
        _names.Add(merchant);
        _granted.Add(StreamId.Of(StreamNames.Granted(poolName, merchant)));
        _numbers.Add(merchant, _names.Count - 1);
        return _names.Count - 1;
    }

    public void Write(PayloadWriter writer)
    {
        writer.Unsigned((ulong)_names.Count);
        foreach (var name in _names)
            writer.Text(name);
    }

    public void Read(ref PayloadReader reader, string poolName)
    {
        for (var left = reader.Unsigned(); left > 0; left--)
            NumberOf(reader.Text(), poolName);
    }
}
