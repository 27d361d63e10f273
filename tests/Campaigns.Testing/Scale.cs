namespace Campaigns.Testing;

/// <summary>
/// How much of a proof is run: what belongs in every run, or, for the proof that <c>./campaigns prove</c> names, all of
/// it. The assertions are the same.
/// </summary>
public static class Scale
{
    public static int Of(string proof, int everyRun, int proven) =>
        Environment.GetEnvironmentVariable("CAMPAIGNS_PROVE") == proof ? proven : everyRun;
}
