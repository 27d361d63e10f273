using System.CommandLine;
using Campaigns.Ledger;

namespace Campaigns.Host.Commands;

/// <summary>Runs a command; what its user can mend ends as one line on stderr and an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        // The host of `up` answers signals itself: it drains before it ends.
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = args[0] == UpCommand.Name ? null : TimeSpan.FromSeconds(2),
        };
        try
        {
            return await root.Parse(args).InvokeAsync(configuration);
        }
        catch (HostException refused)
        {
            return Refuse(refused.Message, refused.ExitCode);
        }
        catch (Exception failure) when (failure is DatabaseRefusedException or LedgerUnavailableException)
        {
            return Refuse(failure.Message, HostException.Refused);
        }
    }

    private static int Refuse(string line, int exitCode)
    {
        Console.Error.WriteLine("campaigns: " + line);
        return exitCode;
    }
}
