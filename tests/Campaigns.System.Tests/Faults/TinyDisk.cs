using Campaigns.System.Tests.Hosts;

namespace Campaigns.System.Tests.Faults;

/// <summary>
/// A file system in memory of a few megabytes, mounted over a folder with the folder's files in it, that can be filled
/// to the last byte and emptied again.
/// </summary>
internal sealed class TinyDisk : IAsyncDisposable
{
    private readonly string _folder;

    private TinyDisk(string folder) => _folder = folder;

    private string Ballast => Path.Combine(_folder, "ballast");

    /// <summary>Null, with the reason, where the caller may not mount.</summary>
    public static async Task<(TinyDisk? Disk, string? WhyNot)> MountAsync(string folder, int megabytes)
    {
        var aside = Directory.CreateTempSubdirectory("campaigns-aside-").FullName;
        try
        {
            await ShellAsync($"cp -a {folder}/. {aside}");
            var mounted = await TryShellAsync($"mount -t tmpfs -o size={megabytes}m none {folder}");
            if (mounted.ExitCode != 0)
            {
                return (null, mounted.Error.Trim());
            }

            await ShellAsync($"cp -a {aside}/. {folder}");
            return (new TinyDisk(folder), null);
        }
        finally
        {
            Directory.Delete(aside, recursive: true);
        }
    }

    public void Fill()
    {
        using var ballast = File.Create(Ballast);
        var zeros = new byte[4096];
        try
        {
            while (true)
            {
                ballast.Write(zeros);
                ballast.Flush();
            }
        }
        catch (IOException)
        {
            // No space is left on the device.
        }
    }

    public void MakeRoom() => File.Delete(Ballast);

    /// <summary>Whoever had files on it has ended by now.</summary>
    public async ValueTask DisposeAsync() => await ShellAsync($"umount {_folder} || umount -l {_folder}");

    private static Task<ProcessRun> TryShellAsync(string line) => ProcessRun.RunAsync(
        "bash", ["-c", line], new Dictionary<string, string>(), TimeSpan.FromMinutes(1), Path.GetTempPath());

    private static async Task ShellAsync(string line)
    {
        var run = await TryShellAsync(line);
        run.ExitCode.ShouldBe(0, line + run.Error);
    }
}
