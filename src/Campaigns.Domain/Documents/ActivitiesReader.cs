namespace Campaigns.Domain.Documents;

/// <summary>Reads the list of activities, each by the parser of its type, and resolves what rewards refer to.</summary>
internal static class ActivitiesReader
{
    /// <summary>The activities without faults, each with its path.</summary>
    public static List<(Activity Activity, string Path)> Read(ObjectReader parent)
    {
        var activities = new List<(Activity, string)>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reader in parent.Objects("activities", 1, DocumentLimits.Activities))
        {
            var id = reader.Id("id");
            if (id is not null && !ids.Add(id))
            {
                reader.Fault("id", $"'{id}' is used twice");
            }

            if (ReadTyped(reader, id) is { } activity)
            {
                activities.Add((activity, reader.Path));
            }
        }

        foreach (var (path, activity) in parent.Context.ActivityReferences)
        {
            if (!ids.Contains(activity))
            {
                parent.Context.Fault(path, $"the activity '{activity}' is not defined");
            }
        }

        return activities;
    }

    private static Activity? ReadTyped(ObjectReader reader, string? id)
    {
        if (reader.Text("type") is not { } type)
        {
            return null;
        }

        if (ActivityTypes.Find(type) is { } known)
        {
            var head = ActivityHead.Read(reader, id ?? "", known.HasRounds);
            var activity = known.Parse(reader, head);
            reader.Done();
            return reader.Clean ? activity : null;
        }

        reader.Fault(
            "type",
            ActivityTypes.NotBuilt.Contains(type)
                ? $"the type '{type}' is not built yet"
                : $"the type '{JsonPath.Quote(type)}' is not known");
        return null;
    }
}
