using Campaigns.Gateway.Answers;

namespace Campaigns.Gateway.Bodies;

/// <summary>All that is wrong with one body: JSON path to message.</summary>
internal sealed class Faults
{
    /// <summary>The largest amount of money, points or pieces in one request, minor units.</summary>
    public const long MaxAmount = 1_000_000_000_000;

    private Dictionary<string, string>? _messages;

    public bool Any => _messages is not null;

    public void Add(string path, string message) =>
        (_messages ??= new Dictionary<string, string>(StringComparer.Ordinal)).TryAdd(path, message);

    public Problem? ToProblem() => _messages is null
        ? null
        : new Problem(ProblemKind.Invalid, _messages.Count == 1 ? _messages.Values.First() : null)
        {
            Errors = _messages,
        };

    /// <summary>A required id of 1 to 64 printable ASCII characters.</summary>
    public string Printable(string? id, string path)
    {
        if (id is null)
        {
            Add(path, "is required");
        }
        else if (!Ids.IsPrintable(id))
        {
            Add(path, "must be 1 to 64 printable ASCII characters");
        }

        return id ?? "";
    }

    /// <summary>A required id as campaign documents have them.</summary>
    public string DocumentId(string? id, string path)
    {
        if (id is null)
        {
            Add(path, "is required");
        }
        else if (!Ids.IsDocumentId(id))
        {
            Add(path, "must match " + Ids.DocumentPattern);
        }

        return id ?? "";
    }

    public long Integer(long? number, string path, long min, long max = MaxAmount)
    {
        if (number is null)
        {
            Add(path, "is required");
        }
        else if (number < min || number > max)
        {
            Add(path, $"must be an integer from {min} to {max}");
        }

        return number ?? 0;
    }
}
