using System.Globalization;
using System.Text.Json.Nodes;
using Campaigns.LoadTests.Http;
using Campaigns.LoadTests.Answers;

namespace Campaigns.LoadTests.Auditing;

/// <summary>
/// The same question asked of the interface, for a target whose database is out of reach: a user's balance in one unit
/// is what the user was told. A sample where there are more than <see cref="Most"/> users, spread evenly.
/// </summary>
internal sealed class HttpCheck(ToldBook book, string unit, Func<int, string> user)
{
    private const int Most = 20_000;
    private const int Together = 64;

    public async Task RunAsync(HttpLinks links, AuditFindings findings)
    {
        var told = Enumerable.Range(0, book.Count).Where(operation => book[operation].Said != Said.Nothing).ToList();
        var step = Math.Max(1, (told.Count + Most - 1) / Most);
        var looked = told.Where((_, place) => place % step == 0).ToList();
        foreach (var some in looked.Chunk(Together))
        {
            var balances = await Task.WhenAll(some.Select(operation => BalanceAsync(links, operation)));
            for (var i = 0; i < some.Length; i++)
            {
                var expected = book[some[i]].Said == Said.Done ? book[some[i]].Amount : 0;
                if (balances[i] != expected)
                {
                    findings.Report(
                        "told something else",
                        $"{user(some[i])} was told {expected} {unit}, the balance is "
                        + (balances[i]?.ToString(CultureInfo.InvariantCulture) ?? "not to be had"));
                }
            }
        }

        findings.Note(
            $"{book.Kind}s, by HTTP alone: the balances of {looked.Count} of the {told.Count} users who were told "
            + "something; payments to users who got no answer cannot be seen this way");
    }

    private async Task<long?> BalanceAsync(HttpLinks links, int operation)
    {
        for (var tries = 0; tries < 20; tries++)
        {
            using var reply = await links.SendAsync(new Call("GET", "/v1/me", Audience.User, user(operation)));
            if (reply.Status == 200)
            {
                return (long?)JsonNode.Parse(reply.Body)!["balances"]![unit] ?? 0;
            }

            await Task.Delay(100);
        }

        return null;
    }
}
