namespace Orleans.Embedded;

/// <summary>The life of an activation, in order; it never goes back.</summary>
internal enum ActivationState : byte
{
    None,

    /// <summary>Calls queue up until the grain is ready.</summary>
    Activating,

    /// <summary>Calls run.</summary>
    Valid,

    /// <summary>Running calls finish; queued ones wait to be sent on.</summary>
    Deactivating,

    /// <summary>Gone: whoever calls finds or makes another activation.</summary>
    Invalid,
}
