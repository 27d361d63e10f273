namespace Campaigns.Host;

/// <summary>
/// The command cannot go on, for a reason that its user can mend: one line on stderr and an exit code.
/// </summary>
internal sealed class HostException(string message, int exitCode = HostException.Refused) : Exception(message)
{
    /// <summary>Something was compared and differs.</summary>
    public const int Different = 1;

    /// <summary>The command did not begin its work.</summary>
    public const int Refused = 2;

    public int ExitCode { get; } = exitCode;
}
