using System.Collections.Concurrent;
using Campaigns.Domain.Payloads;
using Campaigns.Domain.Values;
using Campaigns.Ledger;

namespace Campaigns.Grains.Users;

/// <summary>
/// Finds the names of streams by their first entries: every stream but a user's begins with its own name. Bounded: few
/// streams pay out, and a forgotten name is read again.
/// </summary>
internal sealed class StreamNameIndex(ILoader loader)
{
    private const int MaxNames = 10_000;
    private readonly ConcurrentDictionary<StreamId, string> _names = new();

    public async ValueTask<string> NameAsync(StreamId stream)
    {
        if (_names.TryGetValue(stream, out var known))
        {
            return known;
        }

        var first = await loader.EntryAsync(stream, 1);
        var name = first is null || first.Kind is >= EntryKind.FactsSet and < EntryKind.OrderReserved
            ? stream.ToString()
            : new PayloadReader(first.Payload.Span).Text();
        if (_names.Count < MaxNames)
        {
            _names[stream] = name;
        }

        return name;
    }
}
