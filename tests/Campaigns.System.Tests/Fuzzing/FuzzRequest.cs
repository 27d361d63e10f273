using System.Text;

namespace Campaigns.System.Tests.Fuzzing;

/// <summary>What is known of a request before it is answered.</summary>
internal enum Expectation
{
    None = 0,

    /// <summary>Good as far as the document goes; the state decides.</summary>
    Open,

    /// <summary>Asks only; an answer of any kind changes nothing.</summary>
    Read,

    /// <summary>Broken in a way that no state can mend.</summary>
    Refused,
}

/// <summary>A request of the fuzzer, before it becomes bytes.</summary>
internal sealed class FuzzRequest(ApiOperation operation)
{
    private readonly List<string> _said = [];

    public ApiOperation Operation => operation;

    public string Method { get; set; } = operation.Method;

    public string Target { get; set; } = operation.Template;

    public List<(string Name, string Value)> Headers { get; } = [];

    public byte[] Body { get; set; } = [];

    /// <summary>Sizes of the chunks, cycled; null: with Content-Length.</summary>
    public int[]? Chunks { get; set; }

    /// <summary>Between the last chunk and the end.</summary>
    public string Trailer { get; set; } = "";

    public Expectation Expected { get; set; } = Expectation.Open;

    /// <summary>The only statuses that the answer may have; null: any of the document.</summary>
    public int[]? Statuses { get; set; }

    /// <summary>True where the target belongs to no operation, or the method is not one of its own.</summary>
    public bool IsElsewhere { get; set; }

    public string What => string.Join(", ", _said);

    public void Say(string what) => _said.Add(what);

    public void Remove(string header) =>
        Headers.RemoveAll(pair => pair.Name.Equals(header, StringComparison.OrdinalIgnoreCase));

    public byte[] ToBytes(Uri address)
    {
        var head = new StringBuilder();
        head.Append(Method).Append(' ').Append(Target).Append(" HTTP/1.1\r\nHost: ").Append(address.Authority)
            .Append("\r\n");
        foreach (var (name, value) in Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (Chunks is not null)
        {
            head.Append("Transfer-Encoding: chunked\r\n");
        }
        else if (Body.Length > 0 || Method is "POST" or "PUT")
        {
            head.Append("Content-Length: ").Append(Body.Length).Append("\r\n");
        }

        head.Append("\r\n");
        byte[] body = Chunks is null ? Body : Chunked(Chunks);
        return [.. Encoding.UTF8.GetBytes(head.ToString()), .. body];
    }

    private byte[] Chunked(int[] sizes)
    {
        var bytes = new List<byte>(Body.Length * 2);
        for (int at = 0, turn = 0; at < Body.Length; turn++)
        {
            var size = Math.Min(sizes[turn % sizes.Length], Body.Length - at);
            bytes.AddRange(Encoding.ASCII.GetBytes($"{size:x}\r\n"));
            bytes.AddRange(Body.AsSpan(at, size));
            bytes.AddRange("\r\n"u8);
            at += size;
        }

        bytes.AddRange(Encoding.ASCII.GetBytes("0\r\n" + Trailer + "\r\n"));
        return [.. bytes];
    }
}
