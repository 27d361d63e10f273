namespace Campaigns.Host.Settings;

/// <summary>The files of one host.</summary>
internal sealed class DataFolder(string path)
{
    public string Root { get; } = Path.GetFullPath(path);

    /// <summary>The journal, where no PostgreSQL is given.</summary>
    public string Database => Path.Combine(Root, "campaigns.db");

    /// <summary>Signs development tokens; read by whoever wants to make one.</summary>
    public string DevSigningKey => Path.Combine(Root, "dev-signing-key");

    /// <summary>The secret behind the journal's hash chains.</summary>
    public string ChainKey => Path.Combine(Root, "chain-key");

    /// <summary>Encrypts the seeds of pools in the journal.</summary>
    public string SeedKey => Path.Combine(Root, "seed-key");

    /// <summary>Throws <see cref="HostException"/> where that cannot be.</summary>
    public void Create()
    {
        try
        {
            Directory.CreateDirectory(Root);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new HostException($"--data: {failure.Message}");
        }
    }
}
