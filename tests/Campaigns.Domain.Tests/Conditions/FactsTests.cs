using System.Collections.Immutable;
using Campaigns.Domain.Conditions;
using Campaigns.Domain.Payloads;
using FsCheck;
using FsCheck.Fluent;

namespace Campaigns.Domain.Tests.Conditions;

public sealed class FactsTests
{
    private static readonly Gen<Facts> AnySource =
        from version in Gen.Choose(0, 4)
        from names in Gen.Elements("a", "b", "c", "d").ListOf()
        from value in Gen.Choose(0, 99)
        from tags in Gen.Elements(null, Array.Empty<string>(), ["x"], ["x", "y"])
        select Facts.Of(
            version, names.Distinct().Select(name => KeyValuePair.Create(name, FactValue.Of((long)value))), tags);

    [Fact]
    public void HigherVersion_WinsPerFact()
    {
        var token = Facts.Of(5, [new("card-bound", FactValue.Of(true)), new("age", FactValue.Of(20))]);
        var put = Facts.Of(7, [new("age", FactValue.Of(21)), new("role", FactValue.Of("agent"))], ["vip"]);

        foreach (var merged in new[] { token.Merge(put), put.Merge(token) })
        {
            merged.Values["card-bound"].ShouldBe(new VersionedFact(FactValue.Of(true), 5));
            merged.Values["age"].ShouldBe(new VersionedFact(FactValue.Of(21), 7));
            merged.Values["role"].Value.ShouldBe(FactValue.Of("agent"));
            merged.Tags.ShouldBe(["vip"]);
            merged.Version.ShouldBe(7);
        }
    }

    [Fact]
    public void EqualVersions_KeepTheFirstSource()
    {
        var first = Facts.Of(3, [new("f", FactValue.Of(1))], ["a"]);
        var second = Facts.Of(3, [new("f", FactValue.Of(2))], ["b"]);

        var merged = first.Merge(second);

        merged.Values["f"].Value.ShouldBe(FactValue.Of(1));
        merged.Tags.ShouldBe(["a"]);
    }

    [Fact]
    public void TokenWithoutTags_DoesNotTakeStoredTagsAway()
    {
        var merged = Facts.Of(1, [], ["vip"]).Merge(Facts.Of(9, []));

        merged.Tags.ShouldBe(["vip"]);
        merged.KnowsTags.ShouldBeTrue();
        Facts.Of(9, []).KnowsTags.ShouldBeFalse();
    }

    [Fact]
    public void Merging_IsAssociative_AndKeepsTheHighestVersionOfEachFact() =>
        Prop.ForAll(AnySource.ArrayOf(3).ToArbitrary(), sources =>
        {
            var left = sources[0].Merge(sources[1]).Merge(sources[2]);
            var right = sources[0].Merge(sources[1].Merge(sources[2]));

            left.Values.ShouldBe(right.Values);
            left.Tags.ShouldBe(right.Tags);
            foreach (var (name, fact) in left.Values)
            {
                var sourcesWithIt = sources.Where(one => one.Values.ContainsKey(name));
                fact.Version.ShouldBe(sourcesWithIt.Max(one => one.Values[name].Version));
            }

            left.Values.Keys.ShouldBe(sources.SelectMany(one => one.Values.Keys).Distinct().Order());
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void PutOfAVersionThatIsNotHigher_ChangesNothing(long version, bool changes)
    {
        var stored = Facts.Of(5, [], []);

        (FactsSet.Decide(stored, Set(version)) is not null).ShouldBe(changes);
    }

    [Fact]
    public void FirstPut_IsTakenWhateverItsVersion() =>
        FactsSet.Decide(Facts.Empty, Set(-3)).ShouldNotBeNull().Version.ShouldBe(-3);

    [Fact]
    public void FactsSet_HasTheBytesThatJournalsHold()
    {
        var set = new FactsSet(
            0x0102030405060708,
            300,
            ["vip"],
            ImmutableSortedDictionary<string, FactValue>.Empty
                .Add("a", FactValue.Of("x")).Add("b", FactValue.Of(-1)).Add("c", FactValue.Of(true)));
        var writer = new PayloadWriter();
        set.Write(writer);

        Convert.ToHexStringLower(writer.ToArray()).ShouldBe(
            "0102030405060708" + "d804" + "01" + "03766970" + "03" + "0161" + "01" + "0178" + "0162" + "02" + "01"
            + "0163" + "03" + "02");
        var reader = new PayloadReader(writer.ToArray());
        var read = FactsSet.Read(ref reader);
        reader.AtEnd.ShouldBeTrue();
        (read.BodyHash, read.Version).ShouldBe((set.BodyHash, set.Version));
        read.Tags.ShouldBe(set.Tags);
        read.Facts.ShouldBe(set.Facts);
    }

    [Fact]
    public void FactOfUnknownKind_IsACorruptJournal()
    {
        var payload = new PayloadWriter()
            .Fixed64(0).Signed(1).Unsigned(0).Unsigned(1).Text("a").Unsigned(9).Signed(0).ToArray();

        Should.Throw<FormatException>(() =>
        {
            var reader = new PayloadReader(payload);
            FactsSet.Read(ref reader);
        });
    }

    private static FactsSet Set(long version) =>
        new(1, version, [], ImmutableSortedDictionary<string, FactValue>.Empty);
}
