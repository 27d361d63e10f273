using System.Text.Json.Nodes;
using Campaigns.LoadTests.Http;
using Campaigns.LoadTests.Answers;

namespace Campaigns.LoadTests.Auditing;

/// <summary>
/// Orders asked of the interface: each is in the state that was told last, with the amount that was told.
/// </summary>
internal sealed class HttpOrderCheck(OrderBooks books)
{
    private const int Most = 20_000;

    public async Task RunAsync(HttpLinks links, AuditFindings findings)
    {
        var told = Enumerable.Range(0, books.Reserved.Count)
            .Where(order => books.Reserved[order].Said == Said.Done).ToList();
        var step = Math.Max(1, (told.Count + Most - 1) / Most);
        var looked = told.Where((_, place) => place % step == 0).ToList();
        foreach (var order in looked)
        {
            var expected = books.Confirmed[order].Said == Said.Done ? "confirmed"
                : books.Cancelled[order].Said == Said.Done ? "cancelled" : null;
            var (off, state) = await OrderAsync(links, books.OrderId(order));
            if (off != books.Reserved[order].Amount || (expected is not null && state != expected))
            {
                findings.Report(
                    "told something else",
                    $"{books.OrderId(order)} was told {books.Reserved[order].Amount} off and {expected ?? "reserved"}, "
                    + $"it is {state} with {off}");
            }
        }

        findings.Note($"orders, by HTTP alone: {looked.Count} of {told.Count} that were told reserved");
    }

    private async Task<(long? Off, string? State)> OrderAsync(HttpLinks links, string order)
    {
        var call = new Call("GET", "/v1/partner/discounts/" + order, Audience.Partner, books.Partner);
        for (var tries = 0; tries < 20; tries++)
        {
            using var reply = await links.SendAsync(call);
            if (reply.Status == 200)
            {
                var json = JsonNode.Parse(reply.Body)!;
                return ((long?)json["off"], (string?)json["state"]);
            }

            await Task.Delay(100);
        }

        return (null, null);
    }
}
