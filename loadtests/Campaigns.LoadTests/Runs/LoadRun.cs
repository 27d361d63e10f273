using Campaigns.LoadTests.Auditing;
using Campaigns.LoadTests.Http;
using Campaigns.LoadTests.Measuring;
using Campaigns.LoadTests.Answers;

namespace Campaigns.LoadTests.Runs;

/// <summary>What the iterations of a run share.</summary>
internal sealed class LoadRun(LoadPlan plan, IEnumerable<string> campaigns, HttpLinks links, Meter meter)
{
    private readonly List<Func<IJournalCheck>> _journal = [];
    private readonly List<Func<AuditFindings, Task>> _http = [];
    private readonly List<ToldBook> _books = [];

    public LoadPlan Plan => plan;

    /// <summary>Ids of the campaigns that the run has created.</summary>
    public IReadOnlyList<string> Campaigns { get; } = [.. campaigns];

    public HttpLinks Links => links;

    public Meter Meter => meter;

    /// <summary>All that was told, by kind.</summary>
    public IReadOnlyList<ToldBook> Books => _books;

    /// <summary>How the journal is held against the books; made when the run is over.</summary>
    public IEnumerable<IJournalCheck> JournalChecks => _journal.Select(check => check());

    /// <summary>The same where only HTTP can be had.</summary>
    public IEnumerable<Func<AuditFindings, Task>> HttpChecks => _http;

    public void Audit(ToldBook book, Func<IJournalCheck> journal, Func<AuditFindings, Task> http)
    {
        _books.Add(book);
        _journal.Add(journal);
        _http.Add(http);
    }

    public void Audit(ToldBook book) => _books.Add(book);
}
