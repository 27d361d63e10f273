using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Campaigns.Contracts;
using Campaigns.Gateway.Auth;
using Campaigns.Testing;

namespace Campaigns.Gateway.Tests.Auth;

public sealed class DevTokensTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(DevTokens.KeyLength);
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task UsersToken_CarriesSubjectAndFacts()
    {
        var caller = await ReadAsync(new DevToken("user", "u 1")
        {
            Facts = new JsonObject { ["card-bound"] = true }, FactsVersion = 5,
        });

        caller.Subject.ShouldBe("u 1");
        caller.Audiences.ShouldBe(Audience.User);
        caller.Facts.Version.ShouldBe(5);
        caller.Facts.Facts.ShouldBe([new Fact("card-bound", FactKind.Truth, null, 1)]);
    }

    [Fact]
    public async Task OperatorsToken_HasItsRoles_OrAllOfThem()
    {
        (await ReadAsync(new DevToken("operator", "olga"))).Roles.ShouldBe(OperatorRoles.All);
        (await ReadAsync(new DevToken("operator", "olga") { Roles = ["planner", "auditor"] })).Roles
            .ShouldBe(OperatorRoles.Planner | OperatorRoles.Auditor);
    }

    [Fact]
    public async Task Lifetime_IsKept()
    {
        var token = DevTokens.Issue(_key, new DevToken("user", "u-1") { Lifetime = TimeSpan.FromMinutes(1) }, _time);
        _time.Advance(TimeSpan.FromSeconds(63));

        (await Reader().ReadAsync(token)).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void KeyFileOfAnotherForm_IsRefused(string content)
    {
        var file = Path.Combine(_folder, "dev-signing-key");
        File.WriteAllText(file, content);

        Should.Throw<InvalidDataException>(() => DevTokens.ReadKey(file));
    }

    private async Task<Caller> ReadAsync(DevToken token) =>
        (await Reader().ReadAsync(DevTokens.Issue(_key, token, _time))).ShouldNotBeNull();

    private TokenReader Reader()
    {
        var options = new AuthOptions { Development = true, DevelopmentKey = _key };
        return new TokenReader(options, new SigningKeys(options, _time), _time);
    }
}
