using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Campaigns.Gateway.Answers;
using Campaigns.Gateway.CampaignViews;
using Campaigns.Gateway.CheckIns;
using Campaigns.Gateway.Draws;
using Campaigns.Gateway.Exchanges;
using Campaigns.Gateway.Health;
using Campaigns.Gateway.Me;
using Campaigns.Gateway.Ops;
using Campaigns.Gateway.PartnerDiscounts;
using Campaigns.Gateway.PartnerFacts;

namespace Campaigns.Gateway.Bodies;

/// <summary>Every JSON body that comes in or goes out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(CheckInBody))]
[JsonSerializable(typeof(CheckInView))]
[JsonSerializable(typeof(ExchangeBody))]
[JsonSerializable(typeof(ExchangeView))]
[JsonSerializable(typeof(DrawBody))]
[JsonSerializable(typeof(DrawView))]
[JsonSerializable(typeof(CampaignView))]
[JsonSerializable(typeof(CampaignListView))]
[JsonSerializable(typeof(MeView))]
[JsonSerializable(typeof(MyCampaignView))]
[JsonSerializable(typeof(TransferPageView))]
[JsonSerializable(typeof(FactsBody))]
[JsonSerializable(typeof(FactsView))]
[JsonSerializable(typeof(CanonicalFacts))]
[JsonSerializable(typeof(QuoteBody))]
[JsonSerializable(typeof(QuoteView))]
[JsonSerializable(typeof(ReserveBody))]
[JsonSerializable(typeof(ConfirmBody))]
[JsonSerializable(typeof(RefundBody))]
[JsonSerializable(typeof(EmptyBody))]
[JsonSerializable(typeof(DiscountOrderView))]
[JsonSerializable(typeof(ActionBody))]
[JsonSerializable(typeof(OpsCampaignView))]
[JsonSerializable(typeof(OpsCampaignListView))]
[JsonSerializable(typeof(AuditView))]
internal sealed partial class GatewayJson : JsonSerializerContext
{
    /// <summary>Chinese stays readable; what could leave a script element is escaped.</summary>
    public static JavaScriptEncoder Encoder { get; } = JavaScriptEncoder.Create(UnicodeRanges.All);

    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = Encoder };

    public static GatewayJson Strict { get; } = new(Configure(new JsonSerializerOptions()));

    /// <summary>But the encoder, which is the writer's: options with one of their own would switch off the written
    /// out serialisers.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.PropertyNameCaseInsensitive = false;
        return options;
    }
}

/// <summary>The body of an operation that takes none.</summary>
internal sealed record EmptyBody;
