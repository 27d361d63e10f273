using System.Collections.Immutable;
using Campaigns.Domain.Conditions;
using NodaTime;

namespace Campaigns.Domain.Documents;

/// <summary>
/// Reads the document's top level, then what only the whole of it can tell: references and the budget.
/// </summary>
internal static class CampaignReader
{
    public static Campaign? Read(ObjectReader reader, out ImmutableSortedDictionary<string, long> liability)
    {
        var id = reader.Id("id");
        var name = NameReader.Required(reader);
        var currency = ReadCurrency(reader);
        var zone = ReadZone(reader);
        var schedule = ScheduleReader.Read(reader);
        var budget = ReadBudget(reader);
        var audience = ConditionReader.OptionalList(reader, "audience");
        var earlyAccess = ScheduleReader.ReadEarlyAccess(reader, schedule);
        reader.Context.Opens = earlyAccess?.From ?? schedule?.Start ?? Instant.MinValue;
        reader.Context.Closes = schedule?.End ?? Instant.MaxValue;
        reader.Context.Items = CatalogReader.Read(reader);
        var activities = ActivitiesReader.Read(reader);
        reader.Done();
        liability = WorstCase.Check(reader.Context, budget, activities);
        if (!reader.Clean)
        {
            return null;
        }

        return new Campaign
        {
            Id = id!,
            Name = name,
            Currency = currency!,
            TimeZone = zone!,
            Schedule = schedule!,
            Budget = budget,
            Audience = audience,
            EarlyAccess = earlyAccess,
            Activities = [.. activities.Select(activity => activity.Activity)],
        };
    }

    private static string? ReadCurrency(ObjectReader reader)
    {
        var currency = reader.Text("currency");
        if (currency is not null && !Scalar.IsCurrency(currency))
        {
            reader.Fault("currency", "must be an ISO 4217 code such as CNY");
        }

        return currency;
    }

    private static DateTimeZone? ReadZone(ObjectReader reader)
    {
        if (reader.Text("timeZone") is not { } id)
        {
            return null;
        }

        var zone = Scalar.Zone(id);
        if (zone is null)
        {
            reader.Fault("timeZone", $"'{JsonPath.Quote(id)}' is not an IANA time zone such as Asia/Shanghai");
        }

        return zone;
    }

    private static ImmutableSortedDictionary<string, long> ReadBudget(ObjectReader parent)
    {
        var budget = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        if (parent.OptionalObject("budget") is not { } reader)
        {
            return budget.ToImmutable();
        }

        foreach (var category in BudgetCategory.All)
        {
            if (reader.OptionalInteger(category, 0, DocumentLimits.Amount) is { } amount)
            {
                budget.Add(category, amount);
            }
        }

        reader.Done();
        return budget.ToImmutable();
    }
}
