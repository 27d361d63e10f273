using System.Text;

namespace Campaigns.Gateway.Tests.BadRequests;

/// <summary>
/// The gateway that bad requests are sent to. It must know the campaign <see cref="Campaign"/> with a pool, a check-in
/// and a discount of the names below; requests signed by a partner need the key below, too.
/// </summary>
public sealed record Scene(Uri Address, TestTokens Tokens)
{
    public const string PartnerKeyId = "shop-key-1";

    public static readonly byte[] PartnerSecret = Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef");

    public string Campaign { get; init; } = "night";

    public string Pool { get; init; } = "rain";

    public string CheckIn { get; init; } = "daily";

    public string Discount { get; init; } = "dinner";

    public string Draws => $"/v1/campaigns/{Campaign}/activities/{Pool}/draws";

    public string CheckIns => $"/v1/campaigns/{Campaign}/activities/{CheckIn}/check-ins";
}
