using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;

namespace Campaigns.LoadTests.Auditing;

/// <summary>Reads the host's <c>export</c> line by line as it is written; nothing is kept.</summary>
internal static class JournalExport
{
    /// <summary>Lines that were read. The row is the same object each time.</summary>
    public static async Task<long> ReadAsync(ProcessStartInfo export, Action<JournalRow> observe)
    {
        export.RedirectStandardOutput = true;
        export.RedirectStandardError = true;
        using var process = Process.Start(export)!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = await ReadAsync(PipeReader.Create(process.StandardOutput.BaseStream), observe);
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? lines
            : throw new InvalidOperationException($"the export ended with {process.ExitCode}: {await errors}");
    }

    public static async Task<long> ReadAsync(PipeReader reader, Action<JournalRow> observe)
    {
        var row = new JournalRow();
        var joined = new byte[256 * 1024];
        for (long lines = 0; ;)
        {
            var read = await reader.ReadAsync();
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end);
                if (line.IsSingleSegment)
                {
                    row.Read(line.FirstSpan);
                }
                else
                {
                    line.CopyTo(joined);
                    row.Read(joined.AsSpan(0, (int)line.Length));
                }

                observe(row);
                lines++;
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
            {
                return lines;
            }
        }
    }
}
