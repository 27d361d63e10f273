using System.Globalization;
using System.Runtime.CompilerServices;

namespace Campaigns.Simulation.Engine;

/// <summary>
/// What happened, as a hash of every step and, where asked for, as text of what people want to read. The hash does not
/// depend on whether the text is kept.
/// </summary>
internal sealed class Trace(bool keepsText)
{
    private readonly List<string> _lines = [];

    public bool KeepsText => keepsText;

    public ulong Hash { get; private set; } = 14695981039346656037;

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Simulated time of the lines that follow.</summary>
    public Func<TimeSpan> Now { get; set; } = () => TimeSpan.Zero;

    public void Mark(ulong value) => Hash = (Hash ^ value) * 1099511628211 + (Hash >> 29);

    public void Mark(string text)
    {
        foreach (var letter in text)
            Mark((ulong)letter);
    }

    /// <summary>The text is not even made where nobody keeps it.</summary>
    public void Say([InterpolatedStringHandlerArgument("")] ref LineHandler line)
    {
        if (keepsText)
            _lines.Add($"{Now().TotalSeconds.ToString("0.0000", CultureInfo.InvariantCulture),12} {line.Text}");
    }

    [InterpolatedStringHandler]
    public ref struct LineHandler
    {
        private DefaultInterpolatedStringHandler _inner;

        public LineHandler(int literalLength, int formattedCount, Trace trace, out bool kept)
        {
            kept = trace.KeepsText;
            _inner = kept
                ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture)
                : default;
        }

        public string Text => _inner.ToStringAndClear();

        public void AppendLiteral(string value) => _inner.AppendLiteral(value);

        public void AppendFormatted<T>(T value) => _inner.AppendFormatted(value);
    }
}
