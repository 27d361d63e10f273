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

    private static readonly string[] KnownRoles = ["planner", "approver", "finance", "support", "auditor"];

    private static readonly TimeSpan ShortestValid = TimeSpan.FromSeconds(1);

    /// <summary>As good as for ever; a date must still come out of it.</summary>
    private static readonly TimeSpan LongestValid = TimeSpan.FromDays(36_500);

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

        if (id!.Length is 0 or > 64 || id.Any(letter => letter is < ' ' or > '~'))
        {
            throw new HostException($"--{audience}: an id is 1 to 64 printable ASCII characters.");
        }

        return new DevToken(audience, id)
        {
            Lifetime = parsed.GetValue(Valid) is var valid && valid >= ShortestValid && valid <= LongestValid
                ? valid
                : throw new HostException($"--valid goes from a second to {LongestValid.Days} days."),
            Roles = ParseRoles(parsed.GetValue(Roles) ?? []),
            Merchant = audience == "merchant" ? id : null,
            Facts = ParseFacts(parsed.GetValue(Facts)),
            FactsVersion = parsed.GetValue(FactsVersion) is var version && version >= 0
                ? version
                : throw new HostException("--facts-version is 0 or more."),
        };
    }

    private static List<string> ParseRoles(string[] texts)
    {
        var roles = texts.SelectMany(role => role.Split(',', StringSplitOptions.RemoveEmptyEntries)).ToList();
        return roles.Find(role => !KnownRoles.Contains(role)) is { } unknown
            ? throw new HostException($"--roles: there is no role '{unknown}', but {string.Join(", ", KnownRoles)}.")
            : roles;
    }

    private static JsonObject? ParseFacts(string? text)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            var once = new JsonDocumentOptions { AllowDuplicateProperties = false };
            if (JsonNode.Parse(text, documentOptions: once) is JsonObject facts)
            {
                return facts;
            }
        }
        catch (JsonException)
        {
            // The same as JSON of another kind.
        }

        throw new HostException("--facts must be a JSON object, such as '{\"card-bound\": true}'.");
    }
}
