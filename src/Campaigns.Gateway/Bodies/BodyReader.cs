using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Campaigns.Gateway.Answers;
using Campaigns.Gateway.Hosting;
using Microsoft.AspNetCore.Http;

namespace Campaigns.Gateway.Bodies;

/// <summary>A parsed body, or why it is refused.</summary>
internal readonly record struct Parsed<T>(T Value, Problem? Refusal);

/// <summary>Reads JSON bodies strictly; an empty body means <c>{}</c>.</summary>
internal sealed class BodyReader(LimitOptions limits, TimeProvider time)
{
    public ValueTask<Parsed<T>> ReadUserAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class, new() => ReadAsync(http, type, limits.UserBody, RawBody.ReadAsync);

    public ValueTask<Parsed<T>> ReadPartnerAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class, new() => ReadAsync(http, type, limits.PartnerBody, RawBody.ReadOnceAsync);

    public async ValueTask<RawBody> ReadDocumentAsync(HttpContext http)
    {
        var body = await RawBody.ReadAsync(http, limits.CampaignDocument, limits, time);
        return body is { Bytes.Length: 0, Refusal: null } ? new RawBody("{}"u8.ToArray(), null) : body;
    }

    private async ValueTask<Parsed<T>> ReadAsync<T>(
        HttpContext http,
        JsonTypeInfo<T> type,
        int limit,
        Func<HttpContext, int, LimitOptions, TimeProvider, ValueTask<RawBody>> read)
        where T : class, new()
    {
        var (bytes, refusal) = await read(http, limit, limits, time);
        if (refusal is not null)
        {
            return new Parsed<T>(new T(), refusal);
        }

        if (bytes.Length == 0 || bytes.AsSpan().SequenceEqual("{}"u8))
        {
            return new Parsed<T>(new T(), null);
        }

        if (JsonScan.Check(bytes, type, limits.JsonDepth) is { } fault)
        {
            return new Parsed<T>(new T(), fault);
        }

        try
        {
            return new Parsed<T>(JsonSerializer.Deserialize(bytes, type) ?? new T(), null);
        }
        catch (JsonException wrong)
        {
            return new Parsed<T>(new T(), Problem.Invalid(wrong.Path ?? "$", "has the wrong type"));
        }
    }
}
