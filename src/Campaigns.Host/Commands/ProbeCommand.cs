using System.CommandLine;
using Campaigns.Host.Settings;

namespace Campaigns.Host.Commands;

/// <summary>Asks the host beside it whether it is ready: for images that have no other program to ask with.</summary>
internal static class ProbeCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static Command Create()
    {
        var command = new Command("probe", "Exit code 0 if the host on --urls is ready, else 1.")
        {
            SettingOptions.Urls,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var urls = SettingOptions.Read(parsed).Urls;
        ListenAddresses.Check(urls);
        using var http = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(new Uri(ListenAddresses.Reach(urls), "/health/ready"), stop);
            Console.WriteLine(await answer.Content.ReadAsStringAsync(stop));
            return answer.IsSuccessStatusCode ? 0 : HostException.Different;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            throw new HostException(failure.Message, HostException.Different);
        }
    }
}
