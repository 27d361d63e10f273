using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Campaigns.Gateway.Auth;
using Campaigns.Host.Secrets;
using Campaigns.Host.Settings;

namespace Campaigns.Host.Commands;

/// <summary>Prints a development token, signed with the key that <c>up</c> left in the data folder.</summary>
internal static class TokenCommand
{
    private static readonly Option<string?> User = new("--user") { Description = "For a user." };
    private static readonly Option<string?> Operator = new("--operator") { Description = "For an operator." };
    private static readonly Option<string?> Merchant = new("--merchant") { Description = "For a merchant." };
    private static readonly Option<string?> Partner = new("--partner") { Description = "For a partner." };

    private static readonly Option<string?> Facts = new("--facts")
    {
        Description = "A user's facts, a JSON object such as '{\"card-bound\": true}'.",
    };

    private static readonly Option<long> FactsVersion = new("--facts-version")
    {
        Description = "Version of the facts; the highest one wins.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string[]> Roles = new("--roles")
    {
        Description = "An operator's roles: planner approver finance support auditor. Default: all.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<TimeSpan> Valid = new("--valid")
    {
        Description = "How long it is valid, as hours:minutes:seconds.",
        DefaultValueFactory = _ => TimeSpan.FromHours(12),
    };

    public static Command Create()
    {
        var command = new Command("token", "Prints a development token for one user, operator, merchant or partner.")
        {
            User, Operator, Merchant, Partner, Facts, FactsVersion, Roles, Valid, SettingOptions.Data,
        };
        command.SetAction(Run);
        return command;
    }

    private static void Run(ParseResult parsed)
    {
        var folder = new DataFolder(SettingOptions.Read(parsed).Data);
        var key = SecretFile.Read(folder.DevSigningKey) ?? throw new HostException(
            $"there is no {folder.DevSigningKey}: start ./campaigns up first, or name its folder with --data.");
        Console.WriteLine(DevTokens.Issue(key, Describe(parsed), TimeProvider.System));
    }

    private static DevToken Describe(ParseResult parsed)
    {
        var subjects = new[] { (User, "user"), (Operator, "operator"), (Merchant, "merchant"), (Partner, "partner") }
            .Select(pair => (Id: parsed.GetValue(pair.Item1), Audience: pair.Item2))
            .Where(pair => pair.Id is not null)
            .ToList();
        if (subjects is not [var (id, audience)])
        {
            throw new HostException("a token is for exactly one of --user, --operator, --merchant and --partner.");
        }

        var roles = parsed.GetValue(Roles) ?? [];
        return new DevToken(audience, id!)
        {
            Lifetime = parsed.GetValue(Valid),
            Roles = [.. roles.SelectMany(role => role.Split(',', StringSplitOptions.RemoveEmptyEntries))],
            Merchant = audience == "merchant" ? id : null,
            Facts = ParseFacts(parsed.GetValue(Facts)),
            FactsVersion = parsed.GetValue(FactsVersion),
        };
    }

    private static JsonObject? ParseFacts(string? text)
    {
        try
        {
            return text is null ? null : (JsonObject)JsonNode.Parse(text)!;
        }
        catch (Exception failure) when (failure is JsonException or InvalidCastException or ArgumentException)
        {
            throw new HostException("--facts must be a JSON object, such as '{\"card-bound\": true}'.");
        }
    }
}
