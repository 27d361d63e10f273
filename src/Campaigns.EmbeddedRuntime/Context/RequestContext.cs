using Orleans.Embedded;

namespace Orleans.Runtime;

/// <summary>Values that travel with a call from caller to callee, copied, never back.</summary>
public static class RequestContext
{
    private const string ReentrancyKey = "#CCR";
    private static readonly AsyncLocal<Dictionary<string, object>?> Values = new();
    private static long _lastReentrancyId;

    /// <summary>The call chain that may re-enter activations on its way; empty when none may.</summary>
    public static Guid ReentrancyId
    {
        get => Get(ReentrancyKey) is Guid id ? id : Guid.Empty;
        set
        {
            if (value == Guid.Empty)
                Remove(ReentrancyKey);
            else
                Set(ReentrancyKey, value);
        }
    }

    public static IEnumerable<string> Keys => Values.Value?.Keys ?? Enumerable.Empty<string>();

    public static IEnumerable<KeyValuePair<string, object>> Entries =>
        Values.Value ?? Enumerable.Empty<KeyValuePair<string, object>>();

    /// <summary>The value of <paramref name="key"/>, or null.</summary>
    public static object? Get(string key) => Values.Value?.GetValueOrDefault(key);

    /// <summary>Sets a value for this asynchronous flow and the calls that it makes.</summary>
    public static void Set(string key, object value)
    {
        // The dictionary is shared with flows forked earlier: each change makes a new one.
        var changed = Values.Value is { } current ? new Dictionary<string, object>(current) : [];
        changed[key] = value;
        Values.Value = changed;
    }

    /// <summary>Forgets a value; false when there was none.</summary>
    public static bool Remove(string key)
    {
        if (Values.Value is not { } current || !current.ContainsKey(key))
            return false;
        var changed = new Dictionary<string, object>(current);
        changed.Remove(key);
        Values.Value = changed.Count == 0 ? null : changed;
        return true;
    }

    public static void Clear()
    {
        if (Values.Value is not null)
            Values.Value = null;
    }

    /// <summary>
    /// Until disposed, calls made from here may call back into the current activation while it waits.
    /// </summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var original = ReentrancyId;
        return new ReentrancySection(original, original == Guid.Empty ? NextReentrancyId() : original);
    }

    /// <summary>Until disposed, calls made from here may not use the chain's permission to re-enter.</summary>
    public static ReentrancySection SuppressCallChainReentrancy() => new(ReentrancyId, Guid.Empty);

    internal static Dictionary<string, object>? Export() =>
        Values.Value is { Count: > 0 } values ? DeepCopy.Copy(values) : null;

    internal static void Import(Dictionary<string, object>? values)
    {
        if (values is { Count: > 0 })
            Values.Value = values;
        else
            Clear();
    }

    internal static Guid ReentrancyIdOf(Dictionary<string, object>? values) =>
        values is not null && values.TryGetValue(ReentrancyKey, out var id) && id is Guid guid ? guid : Guid.Empty;

    private static Guid NextReentrancyId() =>
        new(new UInt128(0, (ulong)Interlocked.Increment(ref _lastReentrancyId)).ToGuidBytes());

    private static byte[] ToGuidBytes(this UInt128 value)
    {
        var bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>Ends the permission, or its suppression, when disposed.</summary>
    public readonly struct ReentrancySection : IDisposable
    {
        private readonly Guid _original;
        private readonly Guid _current;

        public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
        {
            _original = originalReentrancyId;
            _current = newReentrancyId;
            if (_current != _original)
                ReentrancyId = _current;
            if (_current != Guid.Empty && RuntimeContext.Current is Activation activation)
                activation.EnterReentrantSection(_current);
        }

        public void Dispose()
        {
            if (_current != Guid.Empty && RuntimeContext.Current is Activation activation)
                activation.ExitReentrantSection(_current);
            if (_current != _original)
                ReentrancyId = _original;
        }
    }
}
