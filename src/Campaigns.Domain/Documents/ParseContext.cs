using System.Collections.Immutable;
using NodaTime;

namespace Campaigns.Domain.Documents;

/// <summary>
/// What one parse gathers: faults, warnings, and the references that only the whole document can resolve.
/// </summary>
internal sealed class ParseContext
{
    private readonly List<Fault> _faults = [];
    private readonly List<DocumentWarning> _warnings = [];
    private readonly List<(string Path, string Activity)> _activityReferences = [];

    /// <summary>All faults so far, also those over <see cref="DocumentLimits.Faults"/>.</summary>
    public int FaultCount { get; private set; }

    /// <summary>The earliest instant at which anybody may take part; early access counts.</summary>
    public Instant Opens { get; set; } = Instant.MinValue;

    /// <summary>The campaign's end.</summary>
    public Instant Closes { get; set; } = Instant.MaxValue;

    /// <summary>Of the catalog, which is read before the activities.</summary>
    public ImmutableSortedDictionary<string, CatalogItem> Items { get; set; } =
        ImmutableSortedDictionary<string, CatalogItem>.Empty;

    public IReadOnlyList<DocumentWarning> Warnings => _warnings;

    public IReadOnlyList<(string Path, string Activity)> ActivityReferences => _activityReferences;

    public void Fault(string path, string message)
    {
        FaultCount++;
        if (FaultCount <= DocumentLimits.Faults)
        {
            _faults.Add(new Fault(path, message));
        }
    }

    public void Warn(string code, string path, string message)
    {
        if (_warnings.Count < DocumentLimits.Faults)
        {
            _warnings.Add(new DocumentWarning(code, path, message));
        }
    }

    public void RefersTo(string activity, string path) => _activityReferences.Add((path, activity));

    public IReadOnlyList<Fault> Faults()
    {
        var unlisted = FaultCount - _faults.Count;
        return unlisted == 0
            ? _faults
            : [.. _faults, new Fault(JsonPath.Root, $"has {unlisted} more faults that are not listed")];
    }
}
