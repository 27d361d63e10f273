using Campaigns.Host.Secrets;

namespace Campaigns.System.Tests;

/// <summary>However many hosts start on a new folder, they go on with the same secret.</summary>
public sealed class SecretFileTests : IDisposable
{
    private const int Creators = 8;

    private readonly string _folder = Directory.CreateTempSubdirectory("campaigns-secret-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task CreatedByManyAtOnce_IsTheSameForAll()
    {
        for (var round = 0; round < 200; round++)
        {
            var path = Path.Combine(_folder, "secret");
            using var together = new Barrier(Creators);
            var made = await Task.WhenAll(Enumerable.Range(0, Creators).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return Convert.ToBase64String(SecretFile.ReadOrCreate(path));
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

            made.Distinct().ShouldHaveSingleItem().ShouldBe(Convert.ToBase64String(SecretFile.Read(path)!));
            Directory.GetFiles(_folder).ShouldHaveSingleItem("no draft is left");
            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            File.Delete(path);
        }
    }
}
