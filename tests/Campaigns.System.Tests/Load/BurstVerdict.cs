using System.Text.Json.Nodes;
using Campaigns.System.Tests.Clients;

namespace Campaigns.System.Tests.Load;

/// <summary>
/// What must be true of a burst that emptied a pool, judged from the answers and from the users' balances.
/// </summary>
internal static class BurstVerdict
{
    /// <summary>Only the contract's answers were given, and "ask again" came with a time.</summary>
    public static void AnswersAreOfTheContract(DrawBurst burst)
    {
        foreach (var answer in burst.All)
        {
            var known = answer.Status == 201
                || (answer.Status == 409 && answer.Code == "exhausted")
                || (answer.Status == 503 && answer.RetryAfter);
            known.ShouldBeTrue($"{answer.Status} {answer.Body}");
        }
    }

    /// <summary>One user, one answer: equal byte for byte, except the trace id of a refusal.</summary>
    public static void RepetitionsAreEqual(DrawBurst burst)
    {
        foreach (var (user, answers) in burst.Definite)
        {
            answers.Select(answer => answer.Status).Distinct().ShouldHaveSingleItem(user);
            answers.Select(Comparable).Distinct().ShouldHaveSingleItem(user);
            if (answers[0].Status == 201)
            {
                answers.Count(answer => !answer.Replayed).ShouldBeLessThanOrEqualTo(1, user);
            }
        }
    }

    /// <summary>
    /// Exactly <paramref name="count"/> winners share exactly <paramref name="total"/> within the bounds.
    /// </summary>
    public static void PoolIsExactlyEmpty(DrawBurst burst, int count, long total, long min, long max)
    {
        var wins = Wins(burst);
        wins.Count.ShouldBe(count);
        wins.Values.Sum().ShouldBe(total);
        wins.Values.Min().ShouldBeGreaterThanOrEqualTo(min);
        wins.Values.Max().ShouldBeLessThanOrEqualTo(max);
    }

    /// <summary>Nobody won who began to ask after somebody else was told "exhausted".</summary>
    public static void NobodyWasToldExhaustedTooEarly(DrawBurst burst)
    {
        var definite = burst.Definite.Values;
        var told = definite.SelectMany(answers => answers).Where(answer => answer.Status == 409)
            .Select(answer => answer.AnsweredAt).DefaultIfEmpty(long.MaxValue).Min();
        definite.Where(answers => answers[0].Status == 201)
            .Count(answers => answers.Min(answer => answer.AskedAt) > told)
            .ShouldBe(0);
    }

    /// <summary>Each user's balance is what the user was told, to the fen.</summary>
    public static async Task BalancesAreWhatWasToldAsync(DrawBurst burst, Api api, int connections = 64)
    {
        var wins = Wins(burst);
        foreach (var some in burst.Users.Chunk(connections))
        {
            var balances = await Task.WhenAll(some.Select(api.CashAsync));
            balances.ShouldBe(some.Select(user => wins.GetValueOrDefault(user)));
        }
    }

    /// <summary>User to fen.</summary>
    public static Dictionary<string, long> Wins(DrawBurst burst) => burst.Definite
        .Where(pair => pair.Value[0].Status == 201)
        .ToDictionary(pair => pair.Key, pair => pair.Value[0].Cash);

    private static string Comparable(Answer answer)
    {
        if (answer.Status < 400)
        {
            return answer.Body;
        }

        var problem = (JsonObject)answer.Json;
        problem.Remove("traceId");
        return problem.ToJsonString();
    }
}
