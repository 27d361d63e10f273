namespace Campaigns.LoadTests.Http;

/// <summary>Who a token is for.</summary>
internal enum Audience
{
    None = 0,
    User,
    Operator,
    Partner,
}

/// <summary>A request that is to be sent.</summary>
/// <param name="Body">JSON; null: none.</param>
internal readonly record struct Call(
    string Method, string Path, Audience Audience, string Subject, string? Key = null, byte[]? Body = null)
{
    public static readonly byte[] EmptyBody = "{}"u8.ToArray();
}
