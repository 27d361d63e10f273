using System.Security.Cryptography;

namespace Campaigns.Grains.Seeds;

/// <summary>Where fresh secrets come from: the operating system, or a simulation's own seed.</summary>
public interface ISeedSource
{
    void Fill(Span<byte> secret);
}

/// <summary>The operating system's cryptographic randomness.</summary>
public sealed class SystemSeedSource : ISeedSource
{
    public void Fill(Span<byte> secret) => RandomNumberGenerator.Fill(secret);
}
