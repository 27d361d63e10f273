using System.Globalization;
using Campaigns.Gateway.Auth;

namespace Campaigns.Gateway.Tests.Auth;

public sealed class TokenCacheTests
{
    private static readonly Caller Someone = new() { Subject = "u-1", Audiences = Audience.User };

    [Fact]
    public void Cache_NeverHoldsMoreThanItsBound()
    {
        var cache = new TokenCache(100);
        for (var i = 0; i < 1000; i++)
        {
            cache.Add(Hash(i), Someone, 0);
            cache.Count.ShouldBeLessThanOrEqualTo(100);
        }

        cache.Find(Hash(999), 0).ShouldBe(Someone);
        cache.Find(Hash(0), 0).ShouldBeNull();
    }

    [Fact]
    public void TokenInUse_IsKept()
    {
        var cache = new TokenCache(100);
        cache.Add(Hash(0), Someone, 0);
        for (var i = 1; i < 1000; i++)
        {
            cache.Add(Hash(i), Someone, 0);
            cache.Find(Hash(0), 0).ShouldBe(Someone);
        }
    }

    [Fact]
    public void ExchangedKeys_EmptyIt_AndWhatTheOldOnesOpenedDoesNotComeBack()
    {
        var cache = new TokenCache(100);
        cache.Add(Hash(0), Someone, 0);

        cache.Find(Hash(0), 1).ShouldBeNull();
        cache.Add(Hash(0), Someone, 0);

        cache.Find(Hash(0), 1).ShouldBeNull();
    }

    [Fact]
    public void Hash_IsOfTheWholeToken_HoweverLong()
    {
        var longToken = new string('a', 5000);
        TokenCache.HashOf(longToken + "b").ShouldNotBe(TokenCache.HashOf(longToken + "c"));
        TokenCache.HashOf(longToken).ShouldBe(TokenCache.HashOf(new string('a', 5000)));
    }

    private static TokenHash Hash(int number) => TokenCache.HashOf(number.ToString(CultureInfo.InvariantCulture));
}
