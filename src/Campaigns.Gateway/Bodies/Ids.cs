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

    /// <summary><c>^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$</c>: names of facts, as conditions know them.</summary>
    public static bool IsFactName(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > MaxLength || !char.IsAsciiLetterOrDigit(name[0]))
        {
            return false;
        }

        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '_' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>1 to 64 printable ASCII characters without a space, as conditions know them.</summary>
    public static bool IsTag(ReadOnlySpan<char> tag) =>
        tag.Length is > 0 and <= MaxLength && !tag.ContainsAnyExceptInRange('!', '~');

    /// <summary>
    /// 1 to 64 printable ASCII characters, not spaces alone, which name no grain: ids of users, orders, keys.
    /// </summary>
    public static bool IsPrintable(ReadOnlySpan<char> id) =>
        id.Length is > 0 and <= MaxLength && !id.ContainsAnyExceptInRange(' ', '~') && id.ContainsAnyExcept(' ');

    /// <summary>A partner's id also has no slash: grains know an order as partner/order.</summary>
    public static bool IsPartner(ReadOnlySpan<char> id) => IsPrintable(id) && !id.Contains('/');
}
