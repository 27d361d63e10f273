using Campaigns.Gateway.Tests.BadRequests;
using Campaigns.Gateway.Tests.Hosts;

namespace Campaigns.Gateway.Tests;

public sealed class BadRequestTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Names => [.. BadRequestTable.All.Select(request => request.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task BadRequest_IsRefusedWithItsStatusAndCode_AndReachesNoGrain(string name)
    {
        using var bound = new CancellationTokenSource(Patience);
        host.Cluster.Calls.Clear();

        var fault = await BadRequestTable.Named(name)
            .TryAsync(host.Scene, () => host.Time.Advance(TimeSpan.FromSeconds(1)), bound.Token);

        fault.ShouldBeNull();
        host.Cluster.Calls.ShouldBeEmpty();
    }

    [Fact]
    public void Table_HasSixtyRequestsOrMore_EachWithANameOfItsOwn()
    {
        BadRequestTable.All.Count.ShouldBeGreaterThanOrEqualTo(60);
        BadRequestTable.All.Select(request => request.Name).ShouldBeUnique();
    }
}
