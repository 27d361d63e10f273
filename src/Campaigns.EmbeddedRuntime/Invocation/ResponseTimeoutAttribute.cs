using System.Globalization;

namespace Orleans;

/// <summary>How long callers of the marked interface method wait before <see cref="TimeoutException"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
{
    /// <summary>The wait, written as a <see cref="TimeSpan"/>, for example <c>00:00:05</c>.</summary>
    public TimeSpan? Timeout { get; init; } = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);
}
