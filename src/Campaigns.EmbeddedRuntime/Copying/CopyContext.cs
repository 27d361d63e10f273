namespace Orleans.Embedded;

/// <summary>One copying of a graph: an object that occurs twice is copied once, also in a circle.</summary>
internal sealed class CopyContext
{
    [ThreadStatic]
    private static CopyContext? _idle;

    private readonly Dictionary<object, object> _copies = new(ReferenceEqualityComparer.Instance);

    public static CopyContext Begin()
    {
        var context = _idle ?? new CopyContext();
        _idle = null;
        return context;
    }

    public void End()
    {
        _copies.Clear();
        _idle = this;
    }

    public bool TryGetCopy<T>(T original, out T copy) where T : class
    {
        var found = _copies.TryGetValue(original, out var existing);
        copy = (T)existing!;
        return found;
    }

    public void Record(object original, object copy) => _copies[original] = copy;
}
