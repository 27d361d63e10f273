using System.Text;
using System.Text.Json.Nodes;
using Campaigns.Domain.Documents;

namespace Campaigns.Domain.Tests.Documents;

/// <summary>
/// Whatever the bytes are, the parser answers: a campaign, or at least one fault with a path and a message.
/// </summary>
public sealed class MutationTests
{
    private static readonly byte[] Original = Encoding.UTF8.GetBytes(Sample.Text);

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1", "1.5", "1e400", "-0", "9223372036854775807", "9223372036854775808",
        "64000000", "1000000000000000", "\"\"", "\"a\"", "\"\\u0000\"", "\"2027-02-05T20:00:00Z\"", "\"PT1S\"", "\"*\"",
        "[]", "{}", "[[]]", "[{}]", "[null]", "[1,1]", "{\"kind\":\"cash\",\"min\":1,\"max\":2}",
        "{\"not\":{\"fact\":\"f\"}}", "{\"from\":\"2027-02-05T20:00:00Z\"}", "[{\"amount\":1,\"count\":64000000}]",
    ];

    [Fact]
    public void RandomBytesInTheText_NeverThrow()
    {
        for (var seed = 0; seed < 4000; seed++)
        {
            var random = new Random(seed);
            var bytes = (byte[])Original.Clone();
            for (var edits = random.Next(1, 6); edits > 0; edits--)
            {
                bytes = random.Next(4) switch
                {
                    0 => [.. bytes.AsSpan(0, random.Next(bytes.Length + 1))],
                    1 => Splice(bytes, random.Next(bytes.Length), 0, [(byte)random.Next(256)]),
                    2 => Splice(bytes, random.Next(bytes.Length), 1, []),
                    _ => Splice(bytes, random.Next(bytes.Length), 1, [(byte)random.Next(256)]),
                };
                if (bytes.Length == 0)
                {
                    break;
                }
            }

            Judge(CampaignDocument.Parse(bytes), seed);
        }
    }

    [Fact]
    public void RandomStructure_NeverThrows()
    {
        for (var seed = 0; seed < 4000; seed++)
        {
            var random = new Random(seed);
            var root = JsonNode.Parse(Sample.Text)!;
            for (var edits = random.Next(1, 5); edits > 0; edits--)
            {
                Mutate(root, random);
            }

            Judge(Sample.Parse(root.ToJsonString()), seed);
        }
    }

    [Fact]
    public void EveryMemberReplacedByEveryKindOfValue_NeverThrows()
    {
        var paths = Containers(JsonNode.Parse(Sample.Text)!).Count;
        for (var container = 0; container < paths; container++)
        {
            foreach (var value in Values)
            {
                for (var slot = 0; ; slot++)
                {
                    var root = JsonNode.Parse(Sample.Text)!;
                    if (!Replace(Containers(root)[container], slot, JsonNode.Parse(value)))
                    {
                        break;
                    }

                    Judge(Sample.Parse(root.ToJsonString()), container);
                }
            }
        }
    }

    private static void Judge(ParsedDocument parsed, int seed)
    {
        (parsed.Campaign is null).ShouldBe(parsed.Faults.Count > 0, $"seed {seed}");
        foreach (var fault in parsed.Faults)
        {
            fault.Path.ShouldStartWith("$", Case.Sensitive, $"seed {seed}");
            fault.Message.ShouldNotBeNullOrEmpty($"seed {seed}");
        }
    }

    private static byte[] Splice(byte[] bytes, int at, int remove, byte[] insert) =>
        [.. bytes.AsSpan(0, at), .. insert, .. bytes.AsSpan(at + remove)];

    private static void Mutate(JsonNode root, Random random)
    {
        var containers = Containers(root);
        var container = containers[random.Next(containers.Count)];
        var value = JsonNode.Parse(Values[random.Next(Values.Length)]);
        switch (container)
        {
            case JsonObject members when random.Next(3) == 0:
                members["k" + random.Next(3)] = value;
                break;
            case JsonObject { Count: > 0 } members when random.Next(3) == 0:
                members.Remove(members.ElementAt(random.Next(members.Count)).Key);
                break;
            case JsonArray { Count: > 0 } list when random.Next(2) == 0:
                list.Add(list[random.Next(list.Count)]?.DeepClone());
                break;
            default:
                Replace(container, random.Next(8), value);
                break;
        }
    }

    private static bool Replace(JsonNode container, int slot, JsonNode? value)
    {
        switch (container)
        {
            case JsonObject members when slot < members.Count:
                members[members.ElementAt(slot).Key] = value;
                return true;
            case JsonArray list when slot < list.Count:
                list[slot] = value;
                return true;
            default:
                return false;
        }
    }

    private static List<JsonNode> Containers(JsonNode root)
    {
        var found = new List<JsonNode>();
        Visit(root);
        return found;

        void Visit(JsonNode? node)
        {
            var children = node switch
            {
                JsonObject members => members.Select(member => member.Value),
                JsonArray list => list,
                _ => null,
            };
            if (children is not null)
            {
                found.Add(node!);
                children.ToList().ForEach(Visit);
            }
        }
    }
}
