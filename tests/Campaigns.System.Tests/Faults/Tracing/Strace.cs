using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Campaigns.System.Tests.Hosts;

namespace Campaigns.System.Tests.Faults.Tracing;

/// <summary>
/// strace on running processes, all threads of all of them in one file. It holds each at its system call until the line
/// is taken down, so the order of lines is that of cause and effect.
/// </summary>
internal sealed class Strace : IAsyncDisposable
{
    private const string Calls = "read,recvfrom,recvmsg,readv,write,sendto,sendmsg,writev,pwrite64,pwritev,pwritev2,"
        + "fdatasync,fsync";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly string _file;

    private Strace(string file, IReadOnlyList<int> processes)
    {
        _file = file;
        var start = new ProcessStartInfo("strace", [
            "-f", "-y", "-xx", "-s", "4000000", "-e", "signal=none", "-e", "trace=" + Calls, "-o", file,
            .. processes.SelectMany(id => (string[])["-p", id.ToString(CultureInfo.InvariantCulture)])])
        {
            RedirectStandardError = true,
        };
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? string.Empty);
        _process.Start();
        _process.BeginErrorReadLine();
    }

    private string Said => string.Join(' ', _said).Trim();

    /// <summary>Null, with the reason, where strace is not there or may not do this.</summary>
    public static async Task<(Strace? Trace, string? WhyNot)> AttachAsync(string file, IReadOnlyList<int> processes)
    {
        try
        {
            var trace = new Strace(file, processes);
            await Eventually.ShouldBe(() => trace._process.HasExited || trace.Follows(processes));
            if (!trace._process.HasExited)
            {
                return (trace, null);
            }

            await trace.DisposeAsync();
            return (null, "strace may not trace here: " + trace.Said);
        }
        catch (Win32Exception)
        {
            return (null, "strace is not installed");
        }
    }

    /// <summary>Lets the processes go on alone and reads what was taken down.</summary>
    public async Task<IReadOnlyList<TracedCall>> EndAsync()
    {
        _process.Send("INT");
        await _process.WaitForExitAsync();
        return TracedCall.Read(File.ReadLines(_file));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Send("INT");
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private bool Follows(IReadOnlyList<int> processes) => processes.All(id => _said.Any(
        line => line.Contains($"Process {id} attached", StringComparison.Ordinal)));
}
