namespace Campaigns.Ledger.Tests;

/// <summary>Comparisons by value: payloads are memory, which records compare by reference.</summary>
internal static class Same
{
    public static void ShouldBeSame(this Entry? actual, Entry expected)
    {
        actual.ShouldNotBeNull();
        actual.Payload.ToArray().ShouldBe(expected.Payload.ToArray());
        (actual with { Payload = default }).ShouldBe(expected with { Payload = default });
    }

    public static void ShouldBeSame(this IEnumerable<Entry> actual, IEnumerable<Entry> expected)
    {
        var (left, right) = (actual.ToList(), expected.ToList());
        left.Count.ShouldBe(right.Count);
        foreach (var (entry, wanted) in left.Zip(right))
        {
            entry.ShouldBeSame(wanted);
        }
    }

    public static void ShouldBeSame(this Snapshot? actual, Snapshot expected)
    {
        actual.ShouldNotBeNull();
        (actual.Stream, actual.Format, actual.Version, actual.Chain)
            .ShouldBe((expected.Stream, expected.Format, expected.Version, expected.Chain));
        actual.Cursor.OrderBy(pair => pair.Key).ShouldBe(expected.Cursor.OrderBy(pair => pair.Key));
        actual.State.ToArray().ShouldBe(expected.State.ToArray());
        actual.Segments.Select(Convert).ShouldBe(expected.Segments.Select(Convert));

        static string Convert(ReadOnlyMemory<byte> bytes) => System.Convert.ToHexString(bytes.Span);
    }
}
