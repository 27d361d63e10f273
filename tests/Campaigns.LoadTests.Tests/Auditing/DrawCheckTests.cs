using Campaigns.LoadTests.Answers;
using Campaigns.LoadTests.Auditing;

namespace Campaigns.LoadTests.Tests.Auditing;

/// <summary>Whatever is planted, the audit finds; what is right it leaves alone.</summary>
public sealed class DrawCheckTests
{
    private readonly ToldBook _book = new("draw");

    public DrawCheckTests()
    {
        Won(entry: 2, amount: 100);
        Won(entry: 3, amount: 250);
        _book.Tell(_book.Begin(), new Told(Said.Refused, 1));
        _book.Begin();
    }

    [Fact]
    public async Task LedgerThatAgrees_HasNoDifference()
    {
        var findings = await new Journal().Drawn(2, "u0", 100).Drawn(3, "u1", 250).CheckAsync(Check());
        findings.Examples.ShouldBeEmpty();
        findings.Facts.ShouldHaveSingleItem().ShouldContain("2 told won (350 fen), 1 told no; in the ledger 2 rows");
    }

    [Fact]
    public async Task PaymentToWhoGotNoAnswer_IsNoDifference() =>
        (await new Journal().Drawn(2, "u0", 100).Drawn(3, "u1", 250).Drawn(4, "u3", 7).CheckAsync(Check()))
            .Holds.ShouldBeTrue();

    [Fact]
    public async Task WrongAmount_IsFoundToTheFen() => await FindsAsync(
        new Journal().Drawn(2, "u0", 101).Drawn(3, "u1", 250), "told something else", "u0 was told 100");

    [Fact]
    public async Task AnotherEntryThanTheReceiptNames_IsFound() => await FindsAsync(
        new Journal().Drawn(2, "u0", 100).Drawn(4, "u1", 250), "told something else", "u1 was told");

    [Fact]
    public async Task AnotherPoolThanTheReceiptNames_IsFound() => await FindsAsync(
        new Journal().Drawn(2, "u0", 100).Drawn(3, "u1", 250, "night/rain/1"), "told something else", "u1 was told");

    [Fact]
    public async Task DoublePayment_IsFound() => await FindsAsync(
        new Journal().Drawn(2, "u0", 100).Drawn(3, "u1", 250).Drawn(4, "u1", 250), "paid twice", "u1 again");

    [Fact]
    public async Task AcknowledgedDrawThatIsMissing_IsFound() => await FindsAsync(
        new Journal().Drawn(2, "u0", 100), "told and not in the ledger", "u1 was told 250");

    [Fact]
    public async Task PaymentToWhoWasToldNo_IsFound() => await FindsAsync(
        new Journal().Drawn(2, "u0", 100).Drawn(3, "u1", 250).Drawn(4, "u2", 5), "told no and paid", "u2");

    [Fact]
    public async Task PaymentToAStranger_IsFound() => await FindsAsync(
        new Journal().Drawn(2, "u0", 100).Drawn(3, "u1", 250).Drawn(4, "x", 5), "paid to a stranger", "entry 4");

    [Fact]
    public void TwoAnswersThatDiffer_AreAContradiction()
    {
        _book.Tell(0, new Told(Said.Done, 2, 0, 2, 100));
        _book.Contradictions.ShouldBe(0);
        _book.Tell(0, new Told(Said.Done, 3, 0, 2, 101));
        _book.Tell(0, new Told(Said.Refused, 1));
        _book.Contradictions.ShouldBe(2);
        _book.Examples[0].ShouldContain("told 100 by entry 2");
        _book[0].Amount.ShouldBe(100);
    }

    private void Won(long entry, long amount)
    {
        var operation = _book.Begin();
        _book.Tell(operation, new Told(Said.Done, 2, _book.Account(Journal.Pool), entry, amount));
    }

    private DrawCheck Check() => new(_book, [Journal.Pool, "night/rain/1"], operation => $"u{operation}");

    private async Task FindsAsync(Journal journal, string fault, string detail)
    {
        var findings = await journal.CheckAsync(Check());
        findings.ByFault.ShouldHaveSingleItem().Key.ShouldBe(fault);
        findings.Examples.ShouldHaveSingleItem().ShouldContain(detail);
    }
}
