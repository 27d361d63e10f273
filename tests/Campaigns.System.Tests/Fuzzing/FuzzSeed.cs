using System.Globalization;

namespace Campaigns.System.Tests.Fuzzing;

/// <summary>
/// The environment variable <c>CAMPAIGNS_FUZZ</c>: <c>SEED</c> for another night of fuzzing, <c>SEED:CASE</c> for one
/// request of it.
/// </summary>
internal static class FuzzSeed
{
    private const string Variable = "CAMPAIGNS_FUZZ";
    private const ulong Usual = 20_270_205;

    private static readonly string[] Given = (Environment.GetEnvironmentVariable(Variable) ?? "").Split(':');

    public static ulong Value { get; } =
        Given[0].Length > 0 ? ulong.Parse(Given[0], CultureInfo.InvariantCulture) : Usual;

    public static int? Case { get; } = Given.Length > 1 ? int.Parse(Given[1], CultureInfo.InvariantCulture) : null;

    /// <summary>The command that sends one case of a class of tests again.</summary>
    public static string Replay(string tests, int number) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Variable}={Value}:{number} dotnet test tests/Campaigns.System.Tests -c Release "
        + $"--filter FullyQualifiedName~.{tests}");
}
