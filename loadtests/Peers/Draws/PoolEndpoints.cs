using System.Globalization;

namespace Campaigns.Peers.Draws;

/// <summary>How the bench fills a peer's pool before a round and counts it after.</summary>
internal static class PoolEndpoints
{
    private const string Pattern = "/pools/{c}/{a}";

    public static void Map(WebApplication app, IDrawStore store)
    {
        app.MapMethods(Pattern, [HttpMethods.Put], async http =>
        {
            var count = int.Parse(http.Request.Query["count"].ToString(), CultureInfo.InvariantCulture);
            var total = long.Parse(http.Request.Query["total"].ToString(), CultureInfo.InvariantCulture);
            await store.FillAsync(Pool(http), Split(count, total));
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        });
        app.MapMethods(Pattern, [HttpMethods.Get], async http => await http.Response.WriteAsJsonAsync(
            await store.CountAsync(Pool(http)), PeerJson.Default.PoolCount));
    }

    private static string Pool(HttpContext http) =>
        $"{http.Request.RouteValues["c"]}/{http.Request.RouteValues["a"]}";

    /// <summary>Amounts that add up to the total, each uniform below twice the mean of what is left.</summary>
    private static long[] Split(int count, long total)
    {
        var random = new Random(count);
        var amounts = new long[count];
        var left = total;
        for (var i = 0; i < count - 1; i++)
        {
            var mean = left / (count - i);
            amounts[i] = mean > 1 ? random.NextInt64(1, 2 * mean) : 1;
            left -= amounts[i];
        }

        amounts[^1] = left;
        return amounts;
    }
}
