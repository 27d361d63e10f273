namespace Campaigns.Simulation.Checks;

/// <summary>Names of the invariants, as they stand in a violation.</summary>
internal static class Rules
{
    /// <summary>Funded = remaining + held + issued + refunded, at every prefix; nothing below zero.</summary>
    public const string Conservation = "I1 conservation";

    /// <summary>What was acknowledged is in the journal, once, and is answered the same again.</summary>
    public const string Acknowledged = "I2 acknowledged";

    /// <summary>Limits per user, day, month and round; streaks and amounts as one thread has them.</summary>
    public const string Limits = "I3 limits";

    /// <summary>One outcome per operation id, and none without an operation.</summary>
    public const string OneOutcome = "I4 one outcome";

    /// <summary>What an entry debits is what it credits, to the account that its meaning says.</summary>
    public const string DoubleEntry = "I5 double entry";

    /// <summary>A refusal is true of what is durable.</summary>
    public const string Refusals = "I6 refusals";

    /// <summary>Versions without gaps, chains that follow, time that does not run back.</summary>
    public const string Versions = "I7 versions";

    /// <summary>Once faults cease, everything is answered.</summary>
    public const string Resolves = "I8 resolves";

    /// <summary>A pause, an end or more budget holds everywhere within a second.</summary>
    public const string Pause = "I9 pause";

    /// <summary>At the end every unit is in exactly one final place.</summary>
    public const string NeverUnder = "I10 never under";

    /// <summary>A balance shows every credit that was durable when it was asked for.</summary>
    public const string Balance = "I11 balance";

    /// <summary>Nothing throws what a broken machine does not explain.</summary>
    public const string NoBug = "I12 no bug";

    /// <summary>All work stays on the seed's scheduler, and ends.</summary>
    public const string Scheduler = "I13 scheduler";
}
