using Campaigns.Host.Settings;

namespace Campaigns.Host.Secrets;

/// <summary>
/// The keys that lie outside the database. Development makes them as files in the data folder; elsewhere they are
/// settings, <c>Campaigns__Secrets__ChainKey</c> and <c>Campaigns__Secrets__SeedKey</c>, 32 bytes of base64 each.
/// </summary>
/// <param name="DevSigningKey">Null outside Development.</param>
internal sealed record HostSecrets(byte[] ChainKey, byte[] SeedKey, byte[]? DevSigningKey)
{
    public static HostSecrets ForDevelopment(IConfiguration configuration, DataFolder folder) => new(
        Find(configuration, nameof(ChainKey)) ?? SecretFile.ReadOrCreate(folder.ChainKey),
        Find(configuration, nameof(SeedKey)) ?? SecretFile.ReadOrCreate(folder.SeedKey),
        DevelopmentKey(folder));

    /// <summary>The one key that a gateway of its own needs, and only in Development.</summary>
    public static byte[] DevelopmentKey(DataFolder folder) => SecretFile.ReadOrCreate(folder.DevSigningKey);

    public static HostSecrets ForProduction(IConfiguration configuration) => new(
        Require(configuration, nameof(ChainKey)), Require(configuration, nameof(SeedKey)), null);

    /// <summary>The chain key alone, for a command beside a host; it creates nothing.</summary>
    public static byte[] FindChainKey(IConfiguration configuration, DataFolder folder) =>
        Find(configuration, nameof(ChainKey)) ?? SecretFile.Read(folder.ChainKey) ?? throw new HostException(
            $"there is no {folder.ChainKey}, and {Variable(nameof(ChainKey))} is not set.");

    private static byte[] Require(IConfiguration configuration, string name) => Find(configuration, name)
        ?? throw new HostException($"{Variable(name)} is not set: Production needs 32 bytes of base64 there.");

    private static byte[]? Find(IConfiguration configuration, string name)
    {
        var text = configuration[$"{HostSettings.Section}:Secrets:{name}"];
        return text is null ? null : SecretFile.Parse(text)
            ?? throw new HostException($"{Variable(name)} does not hold 32 bytes of base64.");
    }

    private static string Variable(string name) => $"{HostSettings.Section}__Secrets__{name}";
}
