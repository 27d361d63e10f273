using System.Globalization;

namespace Campaigns.Host.Testing;

/// <summary>
/// The system's clock, moved by what a file says in seconds, as often as it changes: what an operator or a time server
/// does to a machine. The monotonic clock and timers stay as they are, as they do there.
/// </summary>
internal sealed class OffsetTime(string file) : TimeProvider
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromMilliseconds(20);
    private readonly Lock _gate = new();
    private long _readAt;
    private TimeSpan _offset;

    /// <summary>The clock that the settings ask for.</summary>
    public static TimeProvider Of(TestingSettings settings) =>
        settings.ClockFile is { } file ? new OffsetTime(file) : System;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            if (_readAt == 0 || GetElapsedTime(_readAt) >= ReadEvery)
            {
                _readAt = GetTimestamp();
                _offset = Read() ?? _offset;
            }

            return base.GetUtcNow() + _offset;
        }
    }

    /// <summary>Null while the file is being written.</summary>
    private TimeSpan? Read()
    {
        try
        {
            return double.TryParse(
                File.ReadAllText(file), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
                ? TimeSpan.FromSeconds(seconds)
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
