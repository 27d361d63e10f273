using Campaigns.Contracts;

namespace Campaigns.Gateway.Auth;

/// <summary>For whom tokens are; a token may name several.</summary>
[Flags]
internal enum Audience
{
    None = 0,
    User = 1,
    Operator = 2,
    Merchant = 4,
    Partner = 8,
}

/// <summary>What an operator may do.</summary>
[Flags]
internal enum OperatorRoles
{
    None = 0,
    Planner = 1,
    Approver = 2,
    Finance = 4,
    Support = 8,
    Auditor = 16,
    All = Planner | Approver | Finance | Support | Auditor,
}

/// <summary>Who calls, as a verified token or signature says.</summary>
internal sealed class Caller
{
    /// <summary>The user's, operator's or partner's id, 1 to 64 printable ASCII characters.</summary>
    public required string Subject { get; init; }

    public required Audience Audiences { get; init; }

    public OperatorRoles Roles { get; init; }

    public FactSet Facts { get; init; } = FactSet.Empty;

    /// <summary>Merchants that a partner may act for; null: all.</summary>
    public IReadOnlySet<string>? Merchants { get; init; }

    /// <summary>The token holds from here, Unix seconds.</summary>
    public long NotBefore { get; init; }

    /// <summary>The token holds until just before this, Unix seconds.</summary>
    public long Expires { get; init; } = long.MaxValue;

    public bool MayActFor(string merchantId) => Merchants is null || Merchants.Contains(merchantId);

    public bool HoldsAt(DateTimeOffset now, TimeSpan skew) =>
        (now - skew).ToUnixTimeMilliseconds() < Milliseconds(Expires)
        && (now + skew).ToUnixTimeMilliseconds() >= Milliseconds(NotBefore);

    private static long Milliseconds(long seconds) => seconds > long.MaxValue / 1000 ? long.MaxValue : seconds * 1000;
}
