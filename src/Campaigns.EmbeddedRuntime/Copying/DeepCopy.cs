namespace Orleans.Embedded;

/// <summary>
/// Copies what crosses a call, so that neither side sees the other's later changes. Values that cannot change, or that
/// are declared immutable, are shared.
/// </summary>
internal static class DeepCopy
{
    /// <summary>Whether values of this type need no copy.</summary>
    public static bool IsShared(Type type) => SharedTypes.Contains(type);

    public static T Copy<T>(T value)
    {
        var context = CopyContext.Begin();
        var copy = CopierOf<T>.Instance.Copy(value, context);
        context.End();
        return copy;
    }

    /// <summary>Copies as part of a larger graph.</summary>
    public static T Copy<T>(T value, CopyContext context) => CopierOf<T>.Instance.Copy(value, context);
}
