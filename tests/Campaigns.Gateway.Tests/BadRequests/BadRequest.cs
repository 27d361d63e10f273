using System.Text;
using System.Text.Json.Nodes;

namespace Campaigns.Gateway.Tests.BadRequests;

/// <summary>A request that has to be refused.</summary>
/// <param name="Code">The problem's code; null where the server itself refuses, before any of our code runs.</param>
public sealed record BadRequest(string Name, int Status, string? Code)
{
    public string Method { get; init; } = "POST";

    public required Func<Scene, string> Target { get; init; }

    public required Func<Scene, byte[], IEnumerable<(string Name, string Value)>> Headers { get; init; }

    public byte[] Body { get; init; } = [];

    /// <summary>Bytes that are announced but never sent.</summary>
    public long Missing { get; init; }

    /// <summary>True where the scene must know the partner's key.</summary>
    public bool IsSigned { get; init; }

    /// <summary>The JSON path that <c>errors</c> must name.</summary>
    public string? Error { get; init; }

    public override string ToString() => Name;

    /// <summary>Sends it and says what is wrong with the answer; null: it was refused as it should.</summary>
    /// <param name="whileWaiting">May move the server's clock; only called where the body does not arrive.</param>
    public async Task<string?> TryAsync(Scene scene, Action whileWaiting, CancellationToken cancellation)
    {
        Action waiting = Missing > 0 ? whileWaiting : () => { };
        var response = await RawHttp.SendAsync(scene.Address, Bytes(scene), waiting, cancellation);
        if (response.Status != Status)
        {
            return $"status {response.Status} instead of {Status}: {response.Body}";
        }

        if (Code is null)
        {
            return null;
        }

        var problem = JsonNode.Parse(response.Body)!;
        return !response.Head.Contains("application/problem+json", StringComparison.Ordinal) ? "no problem document"
            : (string?)problem["code"] != Code ? $"code {problem["code"]} instead of {Code}"
            : (int?)problem["status"] != Status || problem["title"] is null || problem["type"] is null
                || problem["traceId"] is null ? $"incomplete: {response.Body}"
            : Error is not null && problem["errors"]?[Error] is null ? $"no error at {Error}: {response.Body}"
            : Code == "invalid" && problem["errors"] is not JsonObject { Count: > 0 } ? $"no errors: {response.Body}"
            : null;
    }

    private byte[] Bytes(Scene scene)
    {
        var head = new StringBuilder($"{Method} {Target(scene)} HTTP/1.1\r\nHost: {scene.Address.Authority}\r\n");
        foreach (var (name, value) in Headers(scene, Body))
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (Body.Length + Missing > 0)
        {
            head.Append("Content-Length: ").Append(Body.Length + Missing).Append("\r\n");
        }

        return [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. Body];
    }
}
