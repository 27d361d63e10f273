using Campaigns.Contracts;
using Campaigns.Gateway.Tests.Hosts;

namespace Campaigns.Gateway.Tests.Endpoints;

public sealed class CheckInTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private const string Path = "/v1/campaigns/night/activities/daily/check-ins";

    private static readonly CheckInResult Result =
        new("2027-02-05", 7, [new Reward("points", 20), new Reward("chance", 1, "wheel")]);

    [Fact]
    public async Task CheckIn_IsAskedOfTheUsersGrain_AndShown()
    {
        CheckInCommand? asked = null;
        host.Cluster.OnCheckIn = (user, command) =>
        {
            user.ShouldBe("u-1");
            asked = command;
            return Task.FromResult(new CheckInReply(Outcome.Done, Result));
        };

        var answer = await host.Client.SendAsync("POST", Path, host.Tokens.User(), "{\"date\":\"2027-02-05\"}");

        answer.Status.ShouldBe(201, answer.Text);
        answer.Text.ShouldBe(
            """
            {"date":"2027-02-05","streak":7,"rewards":[{"kind":"points","amount":20},
            {"kind":"chance","amount":1,"activity":"wheel"}]}
            """.ReplaceLineEndings(""));
        (asked!.CampaignId, asked.ActivityId, asked.Date).ShouldBe(("night", "daily", "2027-02-05"));
        asked.Operation.KeyHash.ShouldBe(0ul);
    }

    [Fact]
    public async Task NoBodyAtAll_MeansToday()
    {
        host.Cluster.OnCheckIn = (_, command) =>
        {
            command.Date.ShouldBeNull();
            return Task.FromResult(new CheckInReply(Outcome.Done, Result));
        };

        (await host.Client.SendAsync("POST", Path, host.Tokens.User())).Status.ShouldBe(201);
    }

    [Fact]
    public async Task SecondCheckInOfADay_CarriesTheFirst()
    {
        host.Cluster.OnCheckIn = (_, _) => Task.FromResult(new CheckInReply(Outcome.AlreadyCheckedIn, Result));

        var answer = await host.Client.SendAsync("POST", Path, host.Tokens.User(), "{}");

        (answer.Status, answer.Code).ShouldBe((409, "already-checked-in"));
        ((int?)answer.Json["original"]!["streak"]).ShouldBe(7);
    }

    [Fact]
    public async Task SameKey_GetsTheFirstAnswerByteForByte()
    {
        host.Cluster.OnCheckIn = (_, command) =>
            Task.FromResult(new CheckInReply(Outcome.Done, Result, Replayed: command.Operation.KeyHash != 0));

        var first = await host.Client.SendAsync("POST", Path, host.Tokens.User(), "{}");
        var again = await host.Client.SendAsync("POST", Path, host.Tokens.User(), "{}", ("Idempotency-Key", "k"));

        again.Bytes.ShouldBe(first.Bytes);
        (first.Replayed, again.Replayed).ShouldBe((false, true));
    }
}
