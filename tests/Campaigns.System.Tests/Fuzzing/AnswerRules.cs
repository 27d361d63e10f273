using System.Text.Json;

namespace Campaigns.System.Tests.Fuzzing;

/// <summary>What every answer must keep to, whatever was asked.</summary>
internal sealed class AnswerRules(ApiDocument api)
{
    /// <summary>Answers that come before a request is anybody's operation; status to code.</summary>
    private static readonly Dictionary<int, string> OfTheDoor = new()
    {
        [404] = "not-found", [405] = "method-not-allowed", [414] = "uri-too-long",
    };

    private readonly SchemaCheck _schemas = new(api);

    /// <summary>What is wrong; null: nothing.</summary>
    public string? Fault(FuzzRequest request, FuzzAnswer answer)
    {
        if (answer.Status >= 500 && (answer.Status != 503 || answer.Header("Retry-After") is null))
        {
            return $"an unexpected {answer.Status}";
        }

        if (request.Expected == Expectation.Refused && answer.Status is < 400 or >= 500)
        {
            return $"{answer.Status} for what must be refused";
        }

        if (request.Statuses is { } statuses && !statuses.Contains(answer.Status) && answer.Status != 503)
        {
            return $"{answer.Status} instead of {string.Join(" or ", statuses)}";
        }

        return request.IsElsewhere || answer.Status == 414
            ? OfNoOperation(request, answer)
            : OfTheOperation(request.Operation, answer);
    }

    private string? OfNoOperation(FuzzRequest request, FuzzAnswer answer)
    {
        if (!OfTheDoor.TryGetValue(answer.Status, out var code))
        {
            return $"{answer.Status} outside of any operation";
        }

        if (answer.Status == 405 && answer.Header("Allow") is null)
        {
            return "a 405 without Allow";
        }

        return request.Method == "HEAD" ? null : Problem(answer, [code]);
    }

    private string? OfTheOperation(ApiOperation operation, FuzzAnswer answer)
    {
        if (!operation.Json.GetProperty("responses").TryGetProperty($"{answer.Status}", out var documented))
        {
            return $"{operation.Id} does not document {answer.Status}";
        }

        if (documented.TryGetProperty("headers", out var headers)
            && headers.EnumerateObject().Select(header => header.Name)
                .FirstOrDefault(name => name != "Idempotency-Replayed" && answer.Header(name) is null) is { } missing)
        {
            return $"no header {missing}";
        }

        if (answer.Header("Idempotency-Replayed") is not null && !(headers.ValueKind == JsonValueKind.Object
            && headers.TryGetProperty("Idempotency-Replayed", out _)))
        {
            return "an undocumented Idempotency-Replayed";
        }

        var content = documented.GetProperty("content").EnumerateObject().Single();
        var type = answer.Header("Content-Type")?.Split(';')[0];
        if (type != content.Name)
        {
            return $"the content type is {type} instead of {content.Name}";
        }

        return content.Name switch
        {
            ApiDocument.ProblemJson => Problem(
                answer, content.Value.GetProperty("examples").EnumerateObject().Select(code => code.Name)),
            "application/json" => Body(answer, content.Value.GetProperty("schema"), out _),
            _ => null,
        };
    }

    private string? Problem(FuzzAnswer answer, IEnumerable<string> codes)
    {
        if (answer.Header("Content-Type")?.StartsWith(ApiDocument.ProblemJson, StringComparison.Ordinal) != true)
        {
            return $"a {answer.Status} without a problem document";
        }

        var schema = JsonDocument.Parse("""{"$ref": "#/components/schemas/Problem"}""").RootElement;
        if (Body(answer, schema, out var problem) is { } fault)
        {
            return fault;
        }

        var code = problem.GetProperty("code").GetString()!;
        return !codes.Contains(code) ? $"the code {code} is not documented"
            : problem.GetProperty("status").GetInt32() != answer.Status ? "status and body differ"
            : (code == "invalid") != problem.TryGetProperty("errors", out _) ? $"errors beside {code}"
            : answer.Status == 401 && answer.Header("WWW-Authenticate") is null ? "a 401 without WWW-Authenticate"
            : code.StartsWith("already-", StringComparison.Ordinal) && !problem.TryGetProperty("original", out _)
                ? $"{code} without the original"
            : null;
    }

    private string? Body(FuzzAnswer answer, JsonElement schema, out JsonElement body)
    {
        body = default;
        try
        {
            body = JsonDocument.Parse(answer.Body).RootElement;
            return _schemas.Fault(body, schema);
        }
        catch (JsonException)
        {
            return "a body that is no JSON";
        }
    }
}
