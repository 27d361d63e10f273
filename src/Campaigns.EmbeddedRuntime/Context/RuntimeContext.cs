namespace Orleans.Runtime;

/// <summary>The activation whose turn runs on this thread.</summary>
internal static class RuntimeContext
{
    [ThreadStatic]
    private static IGrainContext? _current;

    internal static IGrainContext? Current => _current;

    internal static IGrainContext? Enter(IGrainContext? context)
    {
        var previous = _current;
        _current = context;
        return previous;
    }
}
