using System.Globalization;
using System.Text;
using Campaigns.LoadTests.Answers;
using Campaigns.LoadTests.Auditing;
using Campaigns.LoadTests.Http;
using Campaigns.LoadTests.Runs;
using NBomber.Contracts;

namespace Campaigns.LoadTests.Flows;

/// <summary>Draws by users who were never seen before, each once.</summary>
internal sealed class DrawFlow
{
    public const string Kind = "draw";

    private readonly string[] _paths;
    private readonly string _prefix;
    private readonly string _kind;
    private readonly ToldBook _book;

    /// <param name="activities">Of the run's campaign; taken in turn.</param>
    public DrawFlow(LoadRun run, string[] activities, int shards)
        : this(run, run.Plan.Campaign, activities, shards, Kind, "d")
    {
    }

    /// <param name="kind">As reports show it.</param>
    /// <param name="crowd">Part of the users' ids, so that flows of one run do not meet.</param>
    public DrawFlow(LoadRun run, string campaign, string[] activities, int shards, string kind, string crowd)
    {
        (_prefix, _kind, _book) = (run.Plan.RunId + crowd, kind, new ToldBook(kind));
        _paths = Array.ConvertAll(activities, activity => $"/v1/campaigns/{campaign}/activities/{activity}/draws");
        var pools = activities.SelectMany(activity => Enumerable.Range(0, shards).Select(
            shard => string.Create(CultureInfo.InvariantCulture, $"{campaign}/{activity}/{shard}")));
        run.Audit(
            _book,
            () => new DrawCheck(_book, pools, User),
            findings => new HttpCheck(_book, "cash", User).RunAsync(run.Links, findings));
    }

    /// <summary>Numbers the next user's draw.</summary>
    public int Begin() => _book.Begin();

    /// <param name="later">True where the draw was asked before, and not answered.</param>
    public async Task<Response<object>> AskAsync(Asker asker, int draw, bool later = false)
    {
        var call = new Call(
            "POST", _paths[draw % _paths.Length], Audience.User, User(draw), Key(draw), Call.EmptyBody);
        using var reply = await asker.SendAsync(call);
        return asker.Note(_kind, reply, (verdict, code, body) => Tell(draw, verdict, code, body), later);
    }

    private string User(int draw) => Id(draw);

    private string Key(int draw) => "k" + Id(draw);

    private string Id(int draw) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}{draw:d8}");

    private void Tell(int draw, Verdict verdict, string code, ReadOnlySpan<byte> body)
    {
        if (verdict == Verdict.Refused)
        {
            _book.Tell(draw, new Told(Said.Refused, RewardAnswer.DigestOf(Encoding.ASCII.GetBytes(code))));
            return;
        }

        var answer = RewardAnswer.Read(body);
        _book.Tell(draw, new Told(
            Said.Done, RewardAnswer.DigestOf(body), _book.Account(answer.Pool ?? ""), answer.Entry, answer.Amount));
    }
}
