using Campaigns.Ledger.Leases;
using Campaigns.Testing;

namespace Campaigns.Ledger.Tests.Conformance;

public abstract partial class LedgerConformance
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task Lease_HasOneHolderUntilItIsGivenBack()
    {
        var leases = Backend.Leases;
        var first = await leases.TryAcquireAsync("db", "a", Long, null, None);
        first.ShouldNotBeNull().Holder.ShouldBe("a");
        (await leases.TryAcquireAsync("db", "b", Long, null, None)).ShouldBeNull();
        (await leases.TryAcquireAsync("other", "b", Long, null, None)).ShouldNotBeNull();
        (await leases.ReadAsync("db", None)).ShouldBe(first);
        (await leases.RenewAsync("db", "b", Long, None)).ShouldBeFalse();
        await leases.ReleaseAsync("db", "b", None);
        (await leases.ReadAsync("db", None)).ShouldBe(first);

        await leases.ReleaseAsync("db", "a", None);

        (await leases.ReadAsync("db", None)).ShouldBeNull();
        (await leases.TryAcquireAsync("db", "b", Long, null, None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Renewal_ChangesTheStampAndKeepsTheLease()
    {
        var leases = Backend.Leases;
        var first = await leases.TryAcquireAsync("db", "a", Short, null, None);
        (await leases.RenewAsync("db", "a", Long, None)).ShouldBeTrue();

        var renewed = await leases.ReadAsync("db", None);
        renewed.ShouldNotBe(first);
        (await leases.TryAcquireAsync("db", "b", Long, first, None)).ShouldBeNull();
        (await leases.TryAcquireAsync("db", "b", Long, renewed, None)).ShouldNotBeNull();
        (await leases.RenewAsync("db", "a", Long, None)).ShouldBeFalse();
    }

    [Fact]
    public async Task ExpiredLease_IsTakenOverOrRenewedByWhoComesFirst()
    {
        var leases = Backend.Leases;
        (await leases.TryAcquireAsync("db", "a", Short, null, None)).ShouldNotBeNull();
        LeaseRow? taken = null;
        await Eventually.ShouldBe(async () =>
            (taken = await leases.TryAcquireAsync("db", "b", Short, null, None)) is not null);
        taken!.Value.Holder.ShouldBe("b");
        (await leases.RenewAsync("db", "a", Long, None)).ShouldBeFalse();
        (await leases.RenewAsync("db", "b", Long, None)).ShouldBeTrue();
        (await leases.TryAcquireAsync("db", "a", Long, null, None)).ShouldBeNull();
    }
}
