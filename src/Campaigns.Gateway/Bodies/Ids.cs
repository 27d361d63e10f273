namespace Campaigns.Gateway.Bodies;

/// <summary>The two forms of ids in the contract.</summary>
internal static class Ids
{
    public const int MaxLength = 64;

    public const string DocumentPattern = "^[a-z0-9][a-z0-9-]{0,63}$";

    /// <summary><c>^[a-z0-9][a-z0-9-]{0,63}$</c>: ids in campaign documents.</summary>
    public static bool IsDocumentId(ReadOnlySpan<char> id)
    {
        if (id.Length is 0 or > MaxLength || id[0] == '-')
        {
            return false;
        }

        foreach (var letter in id)
        {
            if (!char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter != '-')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>1 to 64 printable ASCII characters: ids of users, orders, keys.</summary>
    public static bool IsPrintable(ReadOnlySpan<char> id) =>
        id.Length is > 0 and <= MaxLength && !id.ContainsAnyExceptInRange(' ', '~');

    /// <summary>A partner's id also has no slash: grains know an order as partner/order.</summary>
    public static bool IsPartner(ReadOnlySpan<char> id) => IsPrintable(id) && !id.Contains('/');
}
