using System.IO.Compression;
using System.Text;

namespace Campaigns.System.Tests.Fuzzing;

/// <summary>Bodies that are no JSON object of the wanted kind, or say that they are something else.</summary>
internal static class BodyBreaker
{
    private const int UserLimit = 16 * 1024;
    private const int PartnerLimit = 64 * 1024;

    private static readonly string[] NoObjects =
    [
        "[]", "null", "1", "\"a\"", "true", "{}{}", "{},", "{]", "[[[[", "{\"a\":NaN}", "{\"a\":Infinity}",
        "{\"a\":01}",
        "{\"a\":+1}", "{\"a\":.5}", "{\"a\":1.}", "{\"a\":0x10}", "{'a':1}", "{a:1}", "{\"a\":1,}", "{/**/}",
        "{\"a\":\"\n\"}", "{\"a\":\"\\x\"}",
        "{\"a\":\"\\ud800\"}", "{\"a\":\"\\udc00\\ud800\"}", "{\"a\":\"\\u12\"}", "\uFEFF{}", "{}\0", "\0", " ",
        "a=1", "<a/>", "{\"a\":1e}", "-",
    ];

    /// <summary>400: not well-formed, not an object, or too deep.</summary>
    public static bool Syntax(MadeRequest made, Random random)
    {
        var request = made.Request;
        request.Statuses = [400];
        switch (random.Next(4))
        {
            case 0:
                made.Text = FuzzNames.Pick(NoObjects, random);
                request.Say("not an object: " + made.Text);
                break;
            case 1:
                var depth = random.Next(17, 1_200);
                made.Text = random.Next(2) == 0
                    ? string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth)
                    : "{\"a\":" + new string('[', depth) + new string(']', depth) + "}";
                request.Say($"depth {depth}");
                break;
            case 2:
                var place = random.Next();
                made.Last(sent => Send(sent, Cut(sent.Body, place)));
                request.Say("cut off");
                break;
            default:
                var at = random.Next();
                made.Last(sent => Send(sent, [.. "{\""u8, (byte)(0x80 + (at % 0x40)), .. "\":1}"u8]));
                request.Say("not UTF-8");
                break;
        }

        return true;
    }

    /// <summary>413, 415 or 400: what lies around the body is wrong.</summary>
    public static bool Envelope(MadeRequest made, Random random)
    {
        var request = made.Request;
        made.Last(sent =>
        {
            sent.Body = sent.Body.Length == 0 ? "{}"u8.ToArray() : sent.Body;
            RequestMaker.AddType(sent);
        });
        var kind = random.Next(request.Operation.TakesDocument ? 3 : 5);
        if (kind < 3)
        {
            request.Statuses = [415];
            if (kind == 0)
            {
                made.Last(Zip);
                request.Say("compressed");
                return true;
            }

            var type = FuzzNames.Pick(
                ["", "text/plain", "application/xml", "application/jsonp", "application/json; charset=gbk", "json",
                "application/json, text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a",
                "application/json; charset=utf-16", "application/*", "\u7528"],
                random);
            made.Last(sent => Type(sent, type));
            request.Say("type " + type);
            return true;
        }

        var limit = request.Operation.TakesUsers ? UserLimit : PartnerLimit;
        var more = random.Next(1, 4_000);
        made.Text = "{}" + new string(' ', limit - 2 + more);
        request.Statuses = [413];
        request.Say($"{more} bytes too many");
        if (kind == 4)
        {
            made.Last(sent => sent.Chunks = [random.Next(500, 5_000)]);
            request.Say("chunked");
        }

        return true;
    }

    /// <summary>A campaign document that is none; who finds that, and how it is called, depends on the state.</summary>
    public static bool Document(MadeRequest made, Random random)
    {
        var request = made.Request;
        request.Statuses = null;
        switch (random.Next(4))
        {
            case 0:
                Syntax(made, random);
                request.Statuses = null;
                break;
            case 1:
                made.Body.Members.Insert(random.Next(made.Body.Members.Count), ("extra", "1"));
                request.Say("unknown member");
                break;
            case 2:
                var (name, _) = made.Body.Members[random.Next(made.Body.Members.Count)];
                made.Body.Set(name, name is "budget" or "schedule" or "name" ? "5" : "{}");
                request.Say($"wrong {name}");
                break;
            default:
                var (twice, raw) = made.Body.Members[random.Next(made.Body.Members.Count)];
                made.Body.Members.Add((twice, raw));
                request.Say($"{twice} twice");
                break;
        }

        return true;
    }

    /// <summary>Never the whole body, and never nothing, which would mean the empty object.</summary>
    private static byte[] Cut(byte[] body, int place)
    {
        var text = body.Length < 3 ? "{\"a\": 1}"u8.ToArray() : Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(body).TrimEnd());
        return text[..(1 + (place % (text.Length - 1)))];
    }

    /// <summary>Where there was no body before, it says now what it is.</summary>
    private static void Send(FuzzRequest request, byte[] body)
    {
        request.Body = body;
        RequestMaker.AddType(request);
    }

    private static void Zip(FuzzRequest request)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            zip.Write(request.Body);
        }

        request.Body = zipped.ToArray();
        request.Headers.Add(("Content-Encoding", "gzip"));
    }

    private static void Type(FuzzRequest request, string type)
    {
        request.Remove("Content-Type");
        if (type.Length > 0)
        {
            request.Headers.Add(("Content-Type", type));
        }
    }
}
