using System.CommandLine;
using Campaigns.Ledger;

namespace Campaigns.Host.Commands;

/// <summary>Runs a command; what its user can mend ends as one line on stderr and an exit code.</summary>
internal static class CommandLine
{
    private static readonly string[] Serving = [
        UpCommand.Name, SiloCommand.Name, GatewayCommand.Name, ClusterCommand.Name,
    ];

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        // A host answers signals itself: it drains before it ends.
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = Serving.Contains(args[0]) ? null : TimeSpan.FromSeconds(2),
        };
        try
        {
            return await root.Parse(args).InvokeAsync(configuration);
        }
        catch (HostException refused)
        {
            return Refuse(refused.Message, refused.ExitCode);
        }
        catch (OperationCanceledException)
        {
            return Refuse("interrupted.", HostException.Refused);
        }
        catch (Exception failure) when (failure is DatabaseRefusedException or LedgerUnavailableException
            or IOException or UnauthorizedAccessException)
        {
            return Refuse(failure.Message.ReplaceLineEndings(" "), HostException.Refused);
        }
    }

    private static int Refuse(string line, int exitCode)
    {
        Console.Error.WriteLine("campaigns: " + line);
        return exitCode;
    }
}
