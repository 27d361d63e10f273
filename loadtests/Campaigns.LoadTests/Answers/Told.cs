namespace Campaigns.LoadTests.Answers;

/// <summary>What clients were told of an operation.</summary>
internal enum Said : byte
{
    /// <summary>Nothing definite: no answer, or "ask again". It may have happened or not.</summary>
    Nothing = 0,

    Done,
    Refused,
}

/// <summary>The first definite answer to an operation.</summary>
/// <param name="Digest">Of all that must be the same whenever it is asked again.</param>
/// <param name="Account">Place of the account that paid, in the book's list.</param>
/// <param name="Entry">Version of the entry that the answer names; 0: it names none.</param>
/// <param name="Amount">Minor units, or points.</param>
internal readonly record struct Told(Said Said, ulong Digest, short Account = 0, long Entry = 0, long Amount = 0);
