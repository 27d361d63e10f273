using System.Collections.Concurrent;
using Campaigns.Contracts;
using NSubstitute;

namespace Campaigns.Gateway.Tests.Hosts;

/// <summary>Grains whose answers the test decides; every call is recorded but those of the campaign cache.</summary>
internal sealed class FakeCluster
{
    private readonly ConcurrentDictionary<string, CampaignSummary> _campaigns = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, object> _grains = new(StringComparer.Ordinal);
    private long _version;

    public FakeCluster()
    {
        Factory = Substitute.For<IGrainFactory>();
        Factory.GetGrain<IUserGrain>(Arg.Any<string>(), Arg.Any<string?>())
            .Returns(call => Grain("user", call.ArgAt<string>(0), User));
        Factory.GetGrain<ICampaignGrain>(Arg.Any<string>(), Arg.Any<string?>())
            .Returns(call => Grain("campaign", call.ArgAt<string>(0), Campaign));
        Factory.GetGrain<IPacketPoolGrain>(Arg.Any<string>(), Arg.Any<string?>())
            .Returns(call => Grain("pool", call.ArgAt<string>(0), Pool));
        Factory.GetGrain<IOrderGrain>(Arg.Any<string>(), Arg.Any<string?>())
            .Returns(call => Grain("order", call.ArgAt<string>(0), Order));
        Factory.GetGrain<IDirectoryReaderGrain>(Arg.Any<string>(), Arg.Any<string?>())
            .Returns(_ => Grain("directory", "", _ => Directory()));
    }

    public IGrainFactory Factory { get; }

    /// <summary>Calls as kind, key and method: <c>user u-1 Draw</c>.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public int SummaryReads;

    public Func<string, CheckInCommand, Task<CheckInReply>> OnCheckIn { get; set; } =
        (_, _) => Task.FromResult(new CheckInReply(Outcome.Unavailable));

    public Func<string, UserDrawCommand, Task<DrawReply>> OnUserDraw { get; set; } =
        (_, _) => Task.FromResult(new DrawReply(Outcome.Unavailable));

    public Func<string, DrawBatch, Task<DrawReplies>> OnPoolDraw { get; set; } =
        (_, batch) => Task.FromResult(new DrawReplies(
            Array.ConvertAll(batch.Draws, _ => new DrawReply(Outcome.Unavailable))));

    public Func<string, TakeCommand, Task<TakeReply>> OnTake { get; set; } =
        (_, _) => Task.FromResult(new TakeReply(Outcome.Unavailable));

    public Func<string, FactsCommand, Task<FactsReply>> OnPutFacts { get; set; } =
        (_, command) => Task.FromResult(new FactsReply(Outcome.Done, command.Facts.Version, true));

    public Func<string, Task<UserReply>> OnGetUser { get; set; } =
        _ => Task.FromResult(new UserReply(Outcome.Done, [], []));

    public Func<string, string, Task<UserCampaignReply>> OnGetUserCampaign { get; set; } =
        (_, _) => Task.FromResult(new UserCampaignReply(Outcome.Done, []));

    public Func<string, TransferRequest, Task<TransferPage>> OnGetTransfers { get; set; } =
        (_, _) => Task.FromResult(new TransferPage(Outcome.Done, [], null));

    public Func<string, QuoteCommand, Task<QuoteReply>> OnQuote { get; set; } =
        (_, _) => Task.FromResult(new QuoteReply(Outcome.Done, []));

    /// <summary>Order key, verb and command.</summary>
    public Func<string, string, object?, Task<OrderReply>> OnOrder { get; set; } =
        (_, _, _) => Task.FromResult(new OrderReply(Outcome.NotFound));

    /// <summary>Campaign id, verb and command.</summary>
    public Func<string, string, object?, Task<CampaignReply>> OnCampaign { get; set; } =
        (_, _, _) => Task.FromResult(new CampaignReply(Outcome.NotFound));

    public Func<string, Task<AuditReply>> OnAudit { get; set; } =
        _ => Task.FromResult(new AuditReply(Outcome.NotFound, false, []));

    /// <summary>Null: as added.</summary>
    public Func<string, CampaignSummary?>? OnSummary { get; set; }

    public Func<Task>? BeforeChanges { get; set; }

    public void Put(CampaignSummary campaign)
    {
        _campaigns[campaign.CampaignId] = campaign;
        Interlocked.Increment(ref _version);
    }

    private T Grain<T>(string kind, string key, Func<string, T> create)
        where T : class => (T)_grains.GetOrAdd(kind + " " + key, _ => create(key));

    private Task<T> Called<T>(string kind, string key, string method, Func<Task<T>> answer)
    {
        Calls.Enqueue($"{kind} {key} {method}");
        return answer();
    }

    private IUserGrain User(string key)
    {
        var user = Substitute.For<IUserGrain>();
        user.CheckIn(Arg.Any<CheckInCommand>())
            .Returns(call => Called("user", key, "CheckIn", () => OnCheckIn(key, call.Arg<CheckInCommand>())));
        user.Draw(Arg.Any<UserDrawCommand>())
            .Returns(call => Called("user", key, "Draw", () => OnUserDraw(key, call.Arg<UserDrawCommand>())));
        user.Take(Arg.Any<TakeCommand>())
            .Returns(call => Called("user", key, "Take", () => OnTake(key, call.Arg<TakeCommand>())));
        user.PutFacts(Arg.Any<FactsCommand>())
            .Returns(call => Called("user", key, "PutFacts", () => OnPutFacts(key, call.Arg<FactsCommand>())));
        user.Get().Returns(_ => Called("user", key, "Get", () => OnGetUser(key)));
        user.GetCampaign(Arg.Any<string>(), Arg.Any<FactSet>())
            .Returns(call => Called("user", key, "GetCampaign", () => OnGetUserCampaign(key, call.ArgAt<string>(0))));
        user.GetTransfers(Arg.Any<TransferRequest>())
            .Returns(call => Called(
                "user", key, "GetTransfers", () => OnGetTransfers(key, call.Arg<TransferRequest>())));
        user.Quote(Arg.Any<QuoteCommand>())
            .Returns(call => Called("user", key, "Quote", () => OnQuote(key, call.Arg<QuoteCommand>())));
        return user;
    }

    private ICampaignGrain Campaign(string key)
    {
        Task<CampaignReply> Answer(string verb, object? command) =>
            Called("campaign", key, verb, () => OnCampaign(key, verb, command));

        var campaign = Substitute.For<ICampaignGrain>();
        campaign.Create(Arg.Any<DocumentCommand>()).Returns(call => Answer("Create", call.Arg<DocumentCommand>()));
        campaign.Replace(Arg.Any<DocumentCommand>()).Returns(call => Answer("Replace", call.Arg<DocumentCommand>()));
        campaign.Act(Arg.Any<LifecycleCommand>()).Returns(call => Answer("Act", call.Arg<LifecycleCommand>()));
        campaign.Get().Returns(_ => Answer("Get", null));
        campaign.Audit().Returns(_ => Called("campaign", key, "Audit", () => OnAudit(key)));
        campaign.GetSummary(Arg.Any<long>()).Returns(_ => Summary(key));
        return campaign;
    }

    private CampaignSummary? Summary(string key)
    {
        Interlocked.Increment(ref SummaryReads);
        return OnSummary is null ? _campaigns.GetValueOrDefault(key) : OnSummary(key);
    }

    private IPacketPoolGrain Pool(string key)
    {
        var pool = Substitute.For<IPacketPoolGrain>();
        pool.Draw(Arg.Any<DrawBatch>())
            .Returns(call => Called("pool", key, "Draw", () => OnPoolDraw(key, call.Arg<DrawBatch>())));
        return pool;
    }

    private IOrderGrain Order(string key)
    {
        Task<OrderReply> Answer(string verb, object? command) =>
            Called("order", key, verb, () => OnOrder(key, verb, command));

        var order = Substitute.For<IOrderGrain>();
        order.Reserve(Arg.Any<ReserveCommand>()).Returns(call => Answer("Reserve", call.Arg<ReserveCommand>()));
        order.Confirm(Arg.Any<ConfirmCommand>()).Returns(call => Answer("Confirm", call.Arg<ConfirmCommand>()));
        order.Cancel().Returns(_ => Answer("Cancel", null));
        order.Refund(Arg.Any<RefundCommand>()).Returns(call => Answer("Refund", call.Arg<RefundCommand>()));
        order.Get().Returns(_ => Answer("Get", null));
        return order;
    }

    private IDirectoryReaderGrain Directory()
    {
        var directory = Substitute.For<IDirectoryReaderGrain>();
        directory.Changes(Arg.Any<long>()).Returns(async call =>
        {
            if (BeforeChanges is { } before)
            {
                await before();
            }

            var version = Interlocked.Read(ref _version);
            return new DirectoryChanges(
                version,
                call.Arg<long>() < version ? [.. _campaigns.Keys.Select(id => new CampaignChange(id, version))] : []);
        });
        return directory;
    }
}
