using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Campaigns.LoadTests.Auditing;

namespace Campaigns.LoadTests.Tests.Auditing;

/// <summary>An export as the host would print it, with rows of the test's own.</summary>
internal sealed class Journal
{
    public const string Pool = "night/rain/0";
    private readonly StringBuilder _lines = new();

    public Journal Drawn(long version, string user, long amount, string pool = Pool) =>
        Row("pool/" + pool, version, "PacketDrawn", "user/" + user, "cash", amount, "00");

    public Journal CheckedIn(string user, long points) =>
        Row("user/" + user, 1, "CheckedIn", "user/" + user, "points", points, "00");

    public Journal Order(long version, string kind, string order, long amount, string pool = "night/dinner/0")
    {
        return Row(
            "pool/" + pool, version, kind, "pool/" + pool + "/held", "discount", amount,
            (kind == "StockHeld" ? "0123456789abcdef" : "") + Id(order) + "ff00");
    }

    public async Task<AuditFindings> CheckAsync(IJournalCheck check)
    {
        var findings = new AuditFindings();
        // Segments of a few bytes: no line lies in one piece.
        var pipe = new Pipe(new PipeOptions(minimumSegmentSize: 16));
        var writing = WriteAsync(pipe.Writer);
        await JournalExport.ReadAsync(pipe.Reader, row => check.Observe(row, findings));
        await writing;
        check.Finish(findings);
        return findings;
    }

    private async Task WriteAsync(PipeWriter writer)
    {
        foreach (var piece in Encoding.ASCII.GetBytes(_lines.ToString()).Chunk(40))
        {
            await writer.WriteAsync(piece);
        }

        await writer.CompleteAsync();
    }

    private Journal Row(
        string stream, long version, string kind, string credit, string unit, long amount, string payload)
    {
        _lines.Append($$"""{"stream":"{{Id(stream)}}","version":{{version}},"at":"2027-02-05T12:00:00+00:00",""");
        _lines.Append($$""" "kind":"{{kind}}","credit":"{{Id(credit)}}","unit":"{{unit}}","amount":{{amount}},""");
        _lines.Append($$""" "payload":"{{payload}}","chain":"{{Id(stream)}}"}""").Append('\n');
        return this;
    }

    private static string Id(string name) => AccountId.Of(name).ToString("x32", CultureInfo.InvariantCulture);
}
