using System.Security.Cryptography;
using System.Text;
using Campaigns.Domain.Fairness;

namespace Campaigns.Domain.Tests.Fairness;

public sealed class CommitmentTests
{
    private static readonly Seed Known = Seed.Parse(new string('7', 64));

    [Fact]
    public void Commitment_IsTheHashOfSeedThenDefinition()
    {
        var definition = "some terms\n"u8.ToArray();

        Commitment.Of(Known, definition).ToString()
            .ShouldBe(Convert.ToHexStringLower(SHA256.HashData([.. Known.ToArray(), .. definition])));
    }

    [Fact]
    public void Commitment_ReadBack_IsEqual()
    {
        var commitment = Commitment.Of(Known, "terms"u8);

        Commitment.Parse(commitment.ToString()).ShouldBe(commitment);
        Commitment.Parse(commitment.ToString()).ShouldNotBe(Commitment.Of(Known, "other terms"u8));
    }

    [Fact]
    public void Commitment_OfTheWrongLength_IsRefused() =>
        Should.Throw<FormatException>(() => Commitment.Parse("abcd"));

    [Fact]
    public void Seed_Printed_DoesNotShowItself()
    {
        $"{Known}".ShouldNotContain("77");
        Seed.Parse(Known.ToHex()).ShouldBe(Known);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("zz02030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20")]
    public void Seed_NotSixtyFourHexDigits_IsRefused(string text) =>
        Should.Throw<FormatException>(() => Seed.Parse(text));

    [Fact]
    public void Seed_OfTheWrongSize_IsRefused() =>
        Should.Throw<ArgumentException>(() => Seed.Of(Encoding.ASCII.GetBytes("short")));
}
