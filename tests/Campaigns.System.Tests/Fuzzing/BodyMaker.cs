using System.Globalization;
using System.Text.Json;

namespace Campaigns.System.Tests.Fuzzing;

/// <summary>Bodies out of the document's schemas: good ones, and ones with a member that is surely wrong.</summary>
internal sealed class BodyMaker(ApiDocument api)
{
    private static readonly string[] WrongTexts =
        ["\"\"", "\"\\u0000\"", "\"\\u7528\\u6237\"", "\"a\\nb\"", $"\"{new string('x', 65)}\"", "\"\uFFFD\""];

    private static readonly string[] NoTexts = ["0", "true", "{}", "[]", "[\"a\"]", "{\"a\": \"b\"}", "1e400"];

    private static readonly string[] NoIntegers =
    [
        "\"5\"", "true", "1.5", "1.0", "1e3", "1E-2", "-0.0", "9223372036854775808", "99999999999999999999999", "1e400",
        "{}", "[]", "[5]", "-1",
    ];

    private static readonly string[] NoTags =
        ["{}", "\"vip\"", "1", "[1]", "[null]", "[[\"a\"]]", "[\"A B\"]", "[\"\\u0000\"]", "[\"\"]", "[{}]"];

    private static readonly string[] NoFacts =
    [
        "[]", "\"a\"", "1", "{\"a\": null}", "{\"a\": 1.5}", "{\"a\": {}}", "{\"a\": []}", "{\"A B\": 1}", "{\"\": 1}",
        "{\"a\": 1e3}", "{\"a\": 9223372036854775808}",
        "{\"a\": 1, \"a\": 2}", "{\"a\": 1, \"\\u0061\": 2}",
    ];

    private static readonly string[] Unknown =
        ["user", "Amount", "amountt", "__proto__", "$type", "", "\\u0000", "\\ud83e\\uddE7", "constructor", "id "];

    /// <summary>A body that its schema allows; optional members at random.</summary>
    public FuzzJson Good(JsonElement schema, Random random)
    {
        var json = new FuzzJson();
        schema = api.Resolve(schema);
        foreach (var member in Properties(schema))
        {
            if (IsRequired(schema, member.Name) || random.Next(3) == 0)
            {
                json.Members.Add((member.Name, Value(member.Name, random)));
            }
        }

        return json;
    }

    /// <summary>Makes one member wrong in a way that the schema, or the words beside it, exclude.</summary>
    public void Spoil(FuzzJson json, JsonElement schema, Random random, FuzzRequest request)
    {
        schema = api.Resolve(schema);
        var members = Properties(schema);
        var required = members.Where(member => IsRequired(schema, member.Name)).ToArray();
        var kind = random.Next(4);
        if (kind == 0 && required.Length > 0)
        {
            var name = Pick(required, random).Name;
            json.Members.RemoveAll(member => member.Name == name);
            request.Say($"without {name}");
        }
        else if (kind == 1 && members.Length > 0)
        {
            var name = Pick(members, random).Name;
            json.Set(name, Value(name, random));
            json.Members.Insert(random.Next(json.Members.Count + 1), (name, Value(name, random)));
            request.Say($"{name} twice");
        }
        else if (kind == 2 || members.Length == 0)
        {
            var name = Pick(Unknown, random);
            json.Members.Insert(random.Next(json.Members.Count + 1), (name, Pick(["1", "null", "{}"], random)));
            request.Say($"unknown member '{name}'");
        }
        else
        {
            var member = Pick(members, random);
            var raw = Wrong(member.Name, member.Value, random);
            json.Set(member.Name, raw);
            request.Say($"{member.Name} {(raw.Length > 80 ? raw[..80] : raw)}");
        }
    }

    private static string Wrong(string name, JsonElement schema, Random random)
    {
        var types = schema.GetProperty("type").ToString();
        if (types.Contains("integer", StringComparison.Ordinal))
        {
            return random.Next(6) > 0 ? Pick(NoIntegers, random)
                : name == "version" ? "0"
                : Pick(["1000000000001", "9223372036854775807", "-9223372036854775808"], random);
        }

        return name switch
        {
            "tags" => Pick(NoTags, random),
            "facts" => Pick(NoFacts, random),
            "reason" when random.Next(2) == 0 => $"\"{new string('r', 501)}\"",
            "reason" => Pick(NoTexts, random),
            "password" => Pick(["5", "[]", "{}", "true", $"\"{new string('p', 101)}\""], random),
            "date" when random.Next(2) == 0 => Pick(["\"2027-02-30\"", "\"5.2.2027\"", "\"\"", "\"2027-2-5\""], random),
            "channel" when random.Next(2) == 0 => Pick(["\"any\"", "\"ONLINE\"", "\"\""], random),
            _ => Pick(random.Next(2) == 0 ? WrongTexts : NoTexts, random),
        };
    }

    /// <summary>A good value. Names mean the same in every body of the contract.</summary>
    private static string Value(string name, Random random) => name switch
    {
        "userId" => $"\"{FuzzNames.User(random)}\"",
        "merchantId" => "\"m-1\"",
        "campaignId" => $"\"{FuzzNames.Live(random)}\"",
        "activityId" => "\"dinner\"",
        "orderId" => $"\"{FuzzNames.Order(random)}\"",
        "paymentId" => $"\"p-{random.Next(3)}\"",
        "refundId" => $"\"f-{random.Next(4)}\"",
        "channel" => Pick(["\"online\"", "\"offline\""], random),
        "amount" or "paid" => Pick(["10000", "8000", "12000", "1", "99999", "1000000000000"], random),
        "version" => random.Next(1, 1_000_000).ToString(CultureInfo.InvariantCulture),
        "tags" => Pick(["[]", "[\"vip\"]", "[\"vip\", \"vip\"]", "null"], random),
        "facts" => Pick(["{}", "{\"card-bound\": true}", "{\"a\": -5, \"b\": \"\\u00e4\"}", "null"], random),
        "reason" => Pick(["\"because\"", "\"\\ud83e\\udde7\"", "\"\\u0000\"", "null"], random),
        "round" => Pick(["\"main\"", "null", "\"other\""], random),
        "date" => Pick(["null", "\"2027-02-05\""], random),
        "password" => "null",
        "quantity" => Pick(["1", "2", "1000", "null"], random),
        _ => throw new InvalidOperationException($"The fuzzer does not know what a good '{name}' is: teach it."),
    };

    private static JsonProperty[] Properties(JsonElement schema) =>
        schema.TryGetProperty("properties", out var properties) ? [.. properties.EnumerateObject()] : [];

    private static bool IsRequired(JsonElement schema, string name) =>
        schema.TryGetProperty("required", out var required)
        && required.EnumerateArray().Any(one => one.GetString() == name);

    private static T Pick<T>(T[] from, Random random) => FuzzNames.Pick(from, random);
}
