using Orleans.Embedded;
using Orleans.Serialization;

namespace Campaigns.EmbeddedRuntime.Tests.Embedded;

public sealed class CodecTests
{
    [Fact]
    public void Copy_OfATypeWithoutSerializer_IsRefused()
    {
        Should.Throw<CodecNotFoundException>(() => DeepCopy.Copy(new Undeclared())).Message.ShouldContain(
            "GenerateSerializer");
    }

    [Fact]
    public void Copy_OfAGrainItself_IsRefusedWithTheRemedy()
    {
        Should.Throw<CodecNotFoundException>(() => DeepCopy.Copy<IAddressable>(new Undefended())).Message.ShouldContain(
            "AsReference");
    }

    [Fact]
    public void Copy_OfNull_IsNull()
    {
        DeepCopy.Copy<List<string>?>(null).ShouldBeNull();
    }

    [Fact]
    public void Copy_OfACollectionExpression_IsAnEqualList()
    {
        IReadOnlyList<int[]> list = [[1], [2, 3]];

        var copy = DeepCopy.Copy(list);

        copy.ShouldNotBeSameAs(list);
        copy[1].ShouldBe([2, 3]);
        copy[1].ShouldNotBeSameAs(list[1]);
    }

    [Theory]
    [InlineData(typeof(string), true)]
    [InlineData(typeof(long), true)]
    [InlineData(typeof(UInt128), true)]
    [InlineData(typeof(DateTimeOffset?), true)]
    [InlineData(typeof((int, string)), true)]
    [InlineData(typeof(System.Collections.Immutable.ImmutableArray<string>), true)]
    [InlineData(typeof(GrainId), true)]
    [InlineData(typeof(ReadOnlyMemory<byte>), false)]
    [InlineData(typeof(byte[]), false)]
    [InlineData(typeof((int, byte[])), false)]
    [InlineData(typeof(System.Collections.Immutable.ImmutableArray<byte[]>), false)]
    [InlineData(typeof(Undeclared), false)]
    public void Sharing_IsForWhatCannotChange(Type type, bool shared)
    {
        DeepCopy.IsShared(type).ShouldBe(shared);
    }

    internal sealed class Undeclared;

    private sealed class Undefended : IGrainBase, IAddressable
    {
        public IGrainContext GrainContext => null!;
    }
}
