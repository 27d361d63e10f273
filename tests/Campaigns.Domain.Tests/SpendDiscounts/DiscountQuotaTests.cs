using Campaigns.Domain.Payloads;
using Campaigns.Domain.SpendDiscounts;
using Campaigns.Domain.Stocks;
using Campaigns.Domain.Values;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Campaigns.Domain.Tests.SpendDiscounts;

public sealed class DiscountQuotaTests
{
    private static readonly LocalDate Today = new(2027, 2, 5);
    private static readonly Instant Start = Instant.FromUtc(2027, 2, 5, 12, 0);
    private static readonly QuotaLimits TwoADay = new(2, null, null);

    private readonly DiscountQuota _quota = new();

    [Fact]
    public void SoftHolds_CountAgainstTheQuota()
    {
        Hold(1).Accepted.ShouldBeTrue();
        Hold(2).Accepted.ShouldBeTrue();

        var third = Hold(3);

        (third.Refusal, third.Detail).ShouldBe((Refusal.QuotaExceeded, "perUserPerDay: 2"));
        _quota.Left(TwoADay, Today).ShouldBe(0);
        _quota.Left(TwoADay, Today.PlusDays(1)).ShouldBe(2);
    }

    [Fact]
    public void SoftHoldOfTheSameOrderAgain_TakesNoSecondPlace()
    {
        Hold(1);
        Hold(1).Replayed.ShouldBeTrue();

        Hold(2).Accepted.ShouldBeTrue();
    }

    [Fact]
    public void SoftHoldReleased_GivesThePlaceBack()
    {
        Hold(1);
        Hold(2);
        _quota.Release(Order(1));

        Hold(3).Accepted.ShouldBeTrue();
    }

    [Fact]
    public void SoftHoldWithoutAnswer_IsFreeOnceItsTimeIsOver()
    {
        Hold(1);
        Hold(2);
        _quota.Expire(Start + Duration.FromMinutes(14));
        Hold(3).Refusal.ShouldBe(Refusal.QuotaExceeded);

        _quota.Expire(Start + Duration.FromMinutes(15));

        Hold(3).Accepted.ShouldBeTrue();
        Accept(1).Accepted.ShouldBeTrue();
        Accept(2).Refusal.ShouldBe(Refusal.QuotaExceeded);
    }

    [Fact]
    public void Acceptance_ReplacesItsOwnSoftHold()
    {
        Hold(1);
        Hold(2);

        Accept(1).Accepted.ShouldBeTrue();
        Accept(2).Accepted.ShouldBeTrue();
        _quota.AcceptedOn(Today).ShouldBe(2);
        Accept(1).Replayed.ShouldBeTrue();
        Accept(3).Refusal.ShouldBe(Refusal.QuotaExceeded);
    }

    [Fact]
    public void AcceptanceWithoutSoftHold_AfterTheUsersGrainWasLost_IsBoundByTheQuotaAllTheSame()
    {
        Accept(1).Accepted.ShouldBeTrue();
        Hold(2).Accepted.ShouldBeTrue();

        Accept(3).Refusal.ShouldBe(Refusal.QuotaExceeded);
    }

    [Fact]
    public void RestoredTwice_GivesOnePlaceBack()
    {
        Accept(1);
        Accept(2);
        Restore(1, QuotaReason.Expired);
        Restore(1, QuotaReason.Expired);

        _quota.Left(TwoADay, Today).ShouldBe(1);
        Hold(3).Accepted.ShouldBeTrue();
        Hold(4).Refusal.ShouldBe(Refusal.QuotaExceeded);
    }

    [Theory]
    [InlineData(QuotaReason.Cancelled, Refusal.Cancelled)]
    [InlineData(QuotaReason.Expired, Refusal.Expired)]
    public void RestoredBeforeItsAcceptance_TheAcceptanceIsRefusedAndNoPlaceIsLost(QuotaReason reason, Refusal refusal)
    {
        Hold(1);
        Restore(1, reason);

        Accept(1).Refusal.ShouldBe(refusal);
        Hold(1).Refusal.ShouldBe(refusal);
        _quota.Left(TwoADay, Today).ShouldBe(2);
    }

    [Fact]
    public void MonthAndTotal_BoundAsWell()
    {
        var limits = new QuotaLimits(null, 2, 3);
        AcceptOn(limits, 1, new LocalDate(2027, 1, 31)).Accepted.ShouldBeTrue();
        AcceptOn(limits, 2, new LocalDate(2027, 1, 1)).Accepted.ShouldBeTrue();
        _quota.Left(limits, new LocalDate(2027, 1, 15)).ShouldBe(0);
        _quota.Left(limits, new LocalDate(2027, 2, 15)).ShouldBe(1);

        AcceptOn(limits, 3, new LocalDate(2027, 1, 15)).Detail.ShouldBe("perMonth: 2");
        AcceptOn(limits, 4, new LocalDate(2028, 1, 15)).Accepted.ShouldBeTrue();
        AcceptOn(limits, 5, new LocalDate(2027, 3, 1)).Detail.ShouldBe("total: 3");
    }

    [Fact]
    public void NoLimit_NothingIsRefusedAndNothingIsCounted()
    {
        var limits = new QuotaLimits(null, null, null);
        for (var order = 0; order < 100; order++)
            AcceptOn(limits, order, Today).Accepted.ShouldBeTrue();

        _quota.Left(limits, Today).ShouldBeNull();
    }

    [Fact]
    public void AcceptancesAndRestorations_InWhateverOrderTheyAreLoaded_GiveTheSameQuota() =>
        Prop.ForAll(
            Arb.From(Gen.Shuffle(Enumerable.Range(0, 12))),
            shuffled =>
            {
                var quota = new DiscountQuota();
                foreach (var what in shuffled)
                {
                    if (what < 8)
                        quota.Apply(Accepted(what, Today));
                    else
                        quota.Apply(new QuotaRestored(Order(what - 8), Today, QuotaReason.Cancelled));
                }

                quota.AcceptedOn(Today).ShouldBe(4);
                Bytes(quota).ShouldBe(Bytes(Reload(quota)));
                Reload(quota).AcceptedOn(Today).ShouldBe(4);
                for (var order = 0; order < 8; order++)
                {
                    var again = Reload(quota).DecideAccept(TwoADay, Accepted(order, Today));
                    (again.Replayed, again.Refusal).ShouldBe(
                        order < 4 ? (false, Refusal.Cancelled) : (true, Refusal.None));
                }
            }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Acceptance_HasTheseBytes()
    {
        var writer = new PayloadWriter();
        var accepted = new DiscountAccepted(Order(1), "ny2027", "spend", new LocalDate(2027, 2, 5), 2_000);
        accepted.Write(writer);

        Convert.ToHexStringLower(writer.ToArray()).ShouldBe(
            Order(1) + "066e7932303237" + "057370656e64" + "ecc502" + "a01f");
        var reader = new PayloadReader(writer.ToArray());
        DiscountAccepted.Read(ref reader).ShouldBe(accepted);
        reader.AtEnd.ShouldBeTrue();
    }

    private static StreamId Order(int number) => StreamId.Of(StreamNames.Order("shop", $"{number}"));

    private static DiscountAccepted Accepted(int order, LocalDate day) =>
        new(Order(order), "ny2027", "spend", day, 2_000);

    private static byte[] Bytes(DiscountQuota quota)
    {
        var writer = new PayloadWriter();
        quota.Write(writer);
        return writer.ToArray();
    }

    private static DiscountQuota Reload(DiscountQuota quota)
    {
        var reader = new PayloadReader(Bytes(quota));
        return DiscountQuota.Read(ref reader);
    }

    private Decision<QuotaHold> Hold(int order)
    {
        var decision = _quota.DecideHold(TwoADay, new QuotaHold(Order(order), Today, Start + Duration.FromMinutes(15)));
        if (decision.Accepted)
            _quota.Apply(decision.Event);
        return decision;
    }

    private Decision<DiscountAccepted> Accept(int order) => AcceptOn(TwoADay, order, Today);

    private Decision<DiscountAccepted> AcceptOn(QuotaLimits limits, int order, LocalDate day)
    {
        var decision = _quota.DecideAccept(limits, Accepted(order, day));
        if (decision.Accepted)
            _quota.Apply(decision.Event);
        return decision;
    }

    private void Restore(int order, QuotaReason reason) => _quota.Apply(new QuotaRestored(Order(order), Today, reason));
}
