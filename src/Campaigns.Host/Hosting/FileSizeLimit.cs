using System.Runtime.InteropServices;

namespace Campaigns.Host.Hosting;

/// <summary>
/// A limit on the size of the process's files is a full disk: a write fails and its callers are told. Without a handler
/// the system ends the process instead, without a word.
/// </summary>
internal static class FileSizeLimit
{
    private const int SigXfsz = 25;

    /// <summary>Until disposed; null where there is no such signal.</summary>
    public static IDisposable? Outlive() => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()
        ? PosixSignalRegistration.Create((PosixSignal)SigXfsz, signal => signal.Cancel = true)
        : null;
}
