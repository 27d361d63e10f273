using System.CommandLine;
using System.Text.Json;
using Campaigns.Domain.Values;
using Campaigns.Host.Databases;
using Campaigns.Host.Settings;
using Campaigns.Ledger;

namespace Campaigns.Host.Commands;

/// <summary>Prints the journal of one instant as JSON lines, in order of stream and version.</summary>
internal static class ExportCommand
{
    private static readonly Option<string?> Stream = new("--stream")
    {
        Description = "Only the stream of this name, such as pool/ny2027/scan/0.",
    };

    public static Command Create()
    {
        var command = new Command("export", "Prints the journal as JSON lines; usable beside a running host.")
        {
            Stream, SettingOptions.Data, SettingOptions.Postgres,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var only = parsed.GetValue(Stream) is { } name ? StreamId.Of(name) : (StreamId?)null;
        await using var database = Database.Open(SettingOptions.Read(parsed));
        await using var journal = await database.Ledger.OpenViewAsync(stop);
        await using var output = Console.OpenStandardOutput();
        await using var buffer = new BufferedStream(output, 1 << 16);
        await using var json = new Utf8JsonWriter(buffer);
        await foreach (var entry in journal.EntriesAsync(stop))
        {
            if (only is null || entry.Stream == only)
            {
                Write(json, entry);
                json.Flush();
                json.Reset();
                buffer.WriteByte((byte)'\n');
            }
        }

        return 0;
    }

    private static void Write(Utf8JsonWriter json, Entry entry)
    {
        json.WriteStartObject();
        json.WriteString("stream", entry.Stream.ToString());
        json.WriteNumber("version", entry.Version);
        json.WriteString("at", DateTimeOffset.FromUnixTimeMilliseconds(entry.At));
        json.WriteString("kind", entry.Kind.ToString());
        if (entry.Unit is not null)
        {
            json.WriteString("credit", entry.Credit.ToString());
            json.WriteString("unit", entry.Unit);
            json.WriteNumber("amount", entry.Amount);
        }

        json.WriteString("payload", Convert.ToHexStringLower(entry.Payload.Span));
        json.WriteString("chain", entry.Chain.ToString());
        json.WriteEndObject();
    }
}
