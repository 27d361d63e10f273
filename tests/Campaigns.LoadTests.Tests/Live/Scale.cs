namespace Campaigns.LoadTests.Tests.Live;

/// <summary>How much of a proof is run: what belongs in every run, or all of it.</summary>
internal static class Scale
{
    public static bool IsProven(string proof) => Environment.GetEnvironmentVariable("CAMPAIGNS_PROVE") == proof;
}
