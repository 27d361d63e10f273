using System.Globalization;
using System.Text;
using Campaigns.LoadTests.Answers;
using Campaigns.LoadTests.Auditing;
using Campaigns.LoadTests.Http;
using Campaigns.LoadTests.Runs;
using NBomber.Contracts;

namespace Campaigns.LoadTests.Flows;

/// <summary>
/// A partner's orders, each of a user of its own: of ten reservations seven are confirmed, two cancelled, one is left
/// to expire.
/// </summary>
internal sealed class OrderFlow
{
    public const string Reserve = "reserve";
    public const string Confirm = "confirm";
    public const string Cancel = "cancel";
    private const string Orders = "/v1/partner/discounts";
    private const int Payment = 10_000;

    private readonly LoadRun _run;
    private readonly string _activity;
    private readonly OrderBooks _books;

    public OrderFlow(LoadRun run, string activity)
    {
        (_run, _activity) = (run, activity);
        _books = new OrderBooks("load-partner", run.Plan.RunId + "o");
        run.Audit(
            _books.Reserved,
            () => new OrderCheck(_books, $"{run.Plan.Campaign}/{activity}/0"),
            findings => new HttpOrderCheck(_books).RunAsync(run.Links, findings));
        run.Audit(_books.Confirmed);
        run.Audit(_books.Cancelled);
    }

    public int Begin() => _books.Reserved.Begin();

    public async Task<Response<object>> ReserveAsync(Asker asker, int order)
    {
        var body = Encoding.ASCII.GetBytes(
            $$"""
            {"orderId":"{{_books.OrderId(order)}}","userId":"{{User(order)}}","merchantId":"m-1",
            "campaignId":"{{_run.Plan.Campaign}}","activityId":"{{_activity}}","amount":{{Payment}}}
            """);
        using var reply = await asker.SendAsync(
            new Call("POST", Orders, Audience.Partner, _books.Partner, null, body));
        return asker.Note(
            Reserve, reply, (verdict, code, answer) => Tell(_books.Reserved, order, verdict, code, answer));
    }

    /// <summary>What becomes of an order; nothing where its reservation did not come about.</summary>
    public async Task<Response<object>?> EndAsync(Asker asker, int order)
    {
        var reserved = _books.Reserved[order];
        return (reserved.Said, order % 10) switch
        {
            (not Said.Done, _) or (_, 9) => null,
            (_, >= 7) => await CancelAsync(asker, order),
            _ => await ConfirmAsync(asker, order, Payment - reserved.Amount),
        };
    }

    private async Task<Response<object>> ConfirmAsync(Asker asker, int order, long paid)
    {
        var body = Encoding.ASCII.GetBytes($$"""{"paymentId":"p{{_books.OrderId(order)}}","paid":{{paid}}}""");
        var path = $"{Orders}/{_books.OrderId(order)}/confirm";
        using var reply = await asker.SendAsync(new Call("POST", path, Audience.Partner, _books.Partner, null, body));
        return asker.Note(
            Confirm, reply, (verdict, code, answer) => Tell(_books.Confirmed, order, verdict, code, answer),
            later: true);
    }

    private async Task<Response<object>> CancelAsync(Asker asker, int order)
    {
        var path = $"{Orders}/{_books.OrderId(order)}/cancel";
        using var reply = await asker.SendAsync(
            new Call("POST", path, Audience.Partner, _books.Partner, null, Call.EmptyBody));
        return asker.Note(
            Cancel, reply, (verdict, code, answer) => Tell(_books.Cancelled, order, verdict, code, answer),
            later: true);
    }

    private string User(int order) => string.Create(CultureInfo.InvariantCulture, $"{_run.Plan.RunId}u{order:d8}");

    private static void Tell(ToldBook book, int order, Verdict verdict, string code, ReadOnlySpan<byte> body) =>
        book.Tell(
            order,
            verdict == Verdict.Refused
                ? new Told(Said.Refused, RewardAnswer.DigestOf(Encoding.ASCII.GetBytes(code)))
                : new Told(Said.Done, RewardAnswer.DigestOf(body), Amount: OrderAnswer.Read(body).Off));
}
