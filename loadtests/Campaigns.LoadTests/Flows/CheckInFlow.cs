using System.Globalization;
using System.Text;
using Campaigns.LoadTests.Answers;
using Campaigns.LoadTests.Auditing;
using Campaigns.LoadTests.Http;
using Campaigns.LoadTests.Runs;
using NBomber.Contracts;

namespace Campaigns.LoadTests.Flows;

/// <summary>Check-ins by users who were never seen before: load, decide, commit, each.</summary>
internal sealed class CheckInFlow
{
    public const string Kind = "check-in";

    private readonly string _path;
    private readonly string _run;
    private readonly ToldBook _book = new(Kind);

    public CheckInFlow(LoadRun run, string activity)
    {
        _run = run.Plan.RunId;
        _path = $"/v1/campaigns/{run.Plan.Campaign}/activities/{activity}/check-ins";
        run.Audit(
            _book,
            () => new CheckInCheck(_book, User),
            findings => new HttpCheck(_book, "points", User).RunAsync(run.Links, findings));
    }

    public int Begin() => _book.Begin();

    public async Task<Response<object>> AskAsync(Asker asker, int checkIn)
    {
        var user = User(checkIn);
        using var reply = await asker.SendAsync(
            new Call("POST", _path, Audience.User, user, "k" + user, Call.EmptyBody));
        return asker.Note(Kind, reply, (verdict, code, body) => _book.Tell(
            checkIn,
            verdict == Verdict.Refused
                ? new Told(Said.Refused, RewardAnswer.DigestOf(Encoding.ASCII.GetBytes(code)))
                : new Told(Said.Done, RewardAnswer.DigestOf(body), Amount: RewardAnswer.Read(body).Amount)));
    }

    private string User(int checkIn) => string.Create(CultureInfo.InvariantCulture, $"{_run}c{checkIn:d8}");
}
