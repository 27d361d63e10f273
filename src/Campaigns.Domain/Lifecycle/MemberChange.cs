using System.Collections.Immutable;
using System.Text.Json;
using Campaigns.Domain.Documents;

namespace Campaigns.Domain.Lifecycle;

/// <summary>Collects what differs between two objects of two documents and should not.</summary>
internal sealed class MemberChange
{
    private readonly List<Fault> _faults = [];

    public ImmutableArray<Fault> Faults() => [.. _faults];

    public void Add(string path, string message) => _faults.Add(new Fault(path, message));

    public void Require(bool holds, string path, string message)
    {
        if (!holds)
        {
            Add(path, message);
        }
    }

    /// <summary>Every member must be the same, but those that are judged elsewhere.</summary>
    public void Compare(
        JsonElement before, JsonElement after, string path, IReadOnlyCollection<string> elsewhere, string message)
    {
        foreach (var member in after.EnumerateObject().Where(member => !elsewhere.Contains(member.Name)))
        {
            Require(
                before.TryGetProperty(member.Name, out var old) && JsonElement.DeepEquals(old, member.Value),
                JsonPath.Member(path, member.Name), message);
        }

        foreach (var member in before.EnumerateObject().Where(member => !elsewhere.Contains(member.Name)))
        {
            Require(after.TryGetProperty(member.Name, out _), JsonPath.Member(path, member.Name), message);
        }
    }
}
