using System.Security.Cryptography;
using System.Text;

namespace Campaigns.Domain.Takes;

/// <summary>
/// SHA-256 over a salt and the word without spaces around it, so that two activities with one word do not show the
/// same. Compared in constant time. Full-width letters and digits, which Chinese keyboards write, count as the usual.
/// </summary>
public sealed class PasswordHash
{
    private const char FirstWide = '\uff01';
    private const char LastWide = '\uff5e';
    private const char WideSpace = '\u3000';

    private readonly byte[] _hash;
    private readonly string _salt;

    /// <param name="salt">Names the activity.</param>
    public PasswordHash(string salt, string word) => (_salt, _hash) = (salt, Of(salt, word));

    public bool Matches(string word) => CryptographicOperations.FixedTimeEquals(_hash, Of(_salt, word));

    public override string ToString() => "password (secret)";

    private static byte[] Of(string salt, string word) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{salt}\n{string.Concat(word.Select(Usual)).Trim()}"));

    private static char Usual(char letter) => letter switch
    {
        WideSpace => ' ',
        >= FirstWide and <= LastWide => (char)(letter - FirstWide + '!'),
        _ => letter,
    };
}
