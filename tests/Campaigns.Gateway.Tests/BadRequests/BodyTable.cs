using System.Text;
using static Campaigns.Gateway.Tests.BadRequests.Make;

namespace Campaigns.Gateway.Tests.BadRequests;

/// <summary>Bodies of users: not JSON, not an object, unknown, doubled, wrong, too deep, too large, too slow.</summary>
internal static class BodyTable
{
    private const int UserLimit = 16 * 1024;

    public static IEnumerable<BadRequest> All =>
    [
        Draw("malformed: cut off", 400, "malformed", "{\"round\": \"r1\""),
        Draw("malformed: trailing comma", 400, "malformed", "{\"round\": \"r1\",}"),
        Draw("malformed: comment", 400, "malformed", "{/* why */}"),
        Draw("malformed: single quotes", 400, "malformed", "{'round': 'r1'}"),
        Draw("malformed: two values", 400, "malformed", "{} {}"),
        Draw("malformed: NaN", 400, "malformed", "{\"round\": NaN}"),
        Draw("malformed: Infinity", 400, "malformed", "{\"round\": -Infinity}"),
        Draw("malformed: leading zero", 400, "malformed", "{\"round\": 01}"),
        Draw("malformed: byte order mark", 400, "malformed", "\uFEFF{}"),
        Draw("malformed: control character in a string", 400, "malformed", "{\"round\": \"a\nb\"}"),
        Draw("malformed: half of a surrogate pair", 400, "malformed", "{\"round\": \"\\ud800\"}"),
        Draw("malformed: only white space", 400, "malformed", "   "),
        Draw("malformed: form data", 400, "malformed", "round=r1"),
        Draw(
            "malformed: not UTF-8", 400, "malformed") with
            {
                Body = [(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}'],
            },
        Draw("malformed: null character", 400, "malformed", "{}\0"),
        Draw("shape: array", 400, "invalid", "[]") with { Error = "$" },
        Draw("shape: text", 400, "invalid", "\"r1\"") with { Error = "$" },
        Draw("shape: number", 400, "invalid", "1") with { Error = "$" },
        Draw("shape: null", 400, "invalid", "null") with { Error = "$" },
        Draw("member: unknown", 400, "invalid", "{\"amount\": 100}") with { Error = "$.amount" },
        Draw("member: user id", 400, "invalid", "{\"userId\": \"u-2\"}") with { Error = "$.userId" },
        Draw("member: wrong letter case", 400, "invalid", "{\"Round\": \"r1\"}") with { Error = "$.Round" },
        Draw("member: twice", 400, "invalid", "{\"round\": \"r1\", \"round\": \"r2\"}") with { Error = "$.round" },
        Draw(
            "member: twice, once escaped", 400, "invalid", "{\"round\": \"r1\", \"\\u0072ound\": \"r2\"}") with
            {
                Error = "$.round",
            },
        Draw("member: prototype", 400, "invalid", "{\"__proto__\": {}}") with { Error = "$.__proto__" },
        Draw("member: empty name", 400, "invalid", "{\"\": 1}") with { Error = "$['']" },
        Draw(
            "member: type discriminator", 400, "invalid", "{\"$type\": \"System.Object\"}") with
            {
                Error = "$['$type']",
            },
        Draw("type: number for text", 400, "invalid", "{\"round\": 1}") with { Error = "$.round" },
        Draw("type: truth for text", 400, "invalid", "{\"round\": true}") with { Error = "$.round" },
        Draw("type: object for text", 400, "invalid", "{\"round\": {\"id\": \"r1\"}}") with { Error = "$.round" },
        Draw("type: array for text", 400, "invalid", "{\"round\": [\"r1\"]}") with { Error = "$.round" },
        Draw("range: empty round", 400, "invalid", "{\"round\": \"\"}") with { Error = "$.round" },
        Draw("range: round of other letters", 400, "invalid", "{\"round\": \"R 1\"}") with { Error = "$.round" },
        Draw(
            "range: round too long", 400, "invalid", $"{{\"round\": \"{new string('r', 65)}\"}}") with
            {
                Error = "$.round",
            },
        Draw(
            "range: password where there is none", 400, "invalid", "{\"password\": \"sesame\"}") with
            {
                Error = "$.password",
            },
        Draw("depth: 17 levels", 400, "invalid", Nested(17)) with { Error = "$" },
        Draw("depth: 1500 levels", 400, "invalid", Nested(1500)) with { Error = "$" },
        Draw("depth: 8000 arrays", 400, "invalid", new string('[', 8000)) with { Error = "$" },
        Draw("size: one byte too many", 413, "content-too-large", "{}" + new string(' ', UserLimit - 1)),
        Draw("size: announced only", 413, "content-too-large") with { Missing = UserLimit },
        Draw("size: announced beyond all bounds", 413, "content-too-large") with { Missing = 10_000_000_000 },
        Draw("slow: never arrives", 408, "request-timeout", "{\"round\"") with { Missing = 100 },
        Draw("type of content: none", 415, "unsupported-media-type", "{}", type: ""),
        Draw("type of content: text", 415, "unsupported-media-type", "{}", type: "text/plain"),
        Draw("type of content: form", 415, "unsupported-media-type", "a=1", type: "application/x-www-form-urlencoded"),
        Draw("type of content: XML", 415, "unsupported-media-type", "<a/>", type: "application/xml"),
        Draw("type of content: almost", 415, "unsupported-media-type", "{}", type: "application/jsonp"),
        Draw(
            "type of content: other letters", 415, "unsupported-media-type", "{}",
            type: "application/json; charset=gbk"),
        Draw("type of content: nonsense", 415, "unsupported-media-type", "{}", type: "json, please"),
        Chunked("size: chunked, too large", 413, "content-too-large", UserLimit + 1),
        Chunked("chunked: not JSON", 400, "malformed", 10),
        Compressed(),
        CheckIn("date: other form", 400, "invalid", "{\"date\": \"5.2.2027\"}", "$.date"),
        CheckIn("date: no such day", 400, "invalid", "{\"date\": \"2027-02-30\"}", "$.date"),
        CheckIn("date: with time", 400, "invalid", "{\"date\": \"2027-02-05T00:00:00Z\"}", "$.date"),
        CheckIn("date: number", 400, "invalid", "{\"date\": 20270205}", "$.date"),
        CheckIn("date: null character", 400, "invalid", "{\"date\": \"2027-02-05\\u0000\"}", "$.date"),
    ];

    private static string Nested(int levels) =>
        string.Concat(Enumerable.Repeat("{\"round\":", levels)) + "1" + new string('}', levels);

    private static BadRequest Chunked(string name, int status, string code, int size) => Draw(name, status, code) with
    {
        Body = [],
        Headers = (scene, _) => Headers(
            "Bearer " + scene.Tokens.User(),
            Json,
            ("Idempotency-Key", "k-1"),
            ("Transfer-Encoding", $"chunked\r\n\r\n{size:x}\r\n{new string('x', size)}\r\n0\r\n")),
    };

    private static BadRequest Compressed() => Draw("encoding: compressed", 415, "unsupported-media-type") with
    {
        Headers = (scene, _) => Headers(
            "Bearer " + scene.Tokens.User(), Json, ("Idempotency-Key", "k-1"), ("Content-Encoding", "gzip")),
        Body = Encoding.ASCII.GetBytes("not really"),
    };
}
