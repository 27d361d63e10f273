using Campaigns.EmbeddedRuntime.Tests.Hosting;

namespace Campaigns.EmbeddedRuntime.Tests.References;

[Alias("test.INamed")]
public interface INamed : IGrainWithStringKey
{
    Task<string> Name();
}

[Alias("test.IVoiced")]
public interface IVoiced : INamed
{
    Task<string> Say();

    Task<INamed> Itself();
}

[Alias("test.IOrphan")]
public interface IOrphan : IGrainWithStringKey
{
    Task Nothing();
}

[Alias("test.ITwin")]
public interface ITwinGrain : IGrainWithStringKey
{
    Task<string> Which();
}

[GrainType("speaker")]
public sealed class VoicedGrain : Grain, IVoiced
{
    public Task<string> Name() => Task.FromResult($"{this.GetGrainId()}");

    public Task<string> Say() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<INamed> Itself() => Task.FromResult(this.AsReference<INamed>());
}

public sealed class TwinGrain : Grain, ITwinGrain
{
    public Task<string> Which() => Task.FromResult(IdentityString);
}

[GrainType("other-twin")]
public sealed class SecondTwinGrain : Grain, ITwinGrain
{
    public Task<string> Which() => Task.FromResult(IdentityString);
}

public sealed class ReferenceTests : GrainTests
{
    [Fact]
    public async Task GrainId_IsTypeAndKey()
    {
        Grain<IVoiced>().GetGrainId().ToString().ShouldBe($"speaker/{Key}");
        (await Grain<IVoiced>().Name().Soon()).ShouldBe($"speaker/{Key}");
        Grain<ITwinGrain>().GetGrainId().ShouldBe(GrainId.Create("twin", Key));
    }

    [Fact]
    public void Key_IsReadFromTheReference()
    {
        Grain<IVoiced>().GetPrimaryKeyString().ShouldBe(Key);
    }

    [Fact]
    public async Task Reference_OfABaseInterface_ReachesTheSameGrain()
    {
        (await Grain<INamed>().Name().Soon()).ShouldBe($"speaker/{Key}");
        (await Grain<IVoiced>().AsReference<INamed>().Name().Soon()).ShouldBe($"speaker/{Key}");
    }

    [Fact]
    public async Task GrainsOwnReference_CanBeGivenAway()
    {
        var itself = await Grain<IVoiced>().Itself().Soon();

        (await itself.Name().Soon()).ShouldBe($"speaker/{Key}");
        itself.ShouldBe(Grain<INamed>());
    }

    [Fact]
    public async Task Interface_WithSeveralClasses_MeansTheOneOfItsName()
    {
        (await Grain<ITwinGrain>().Which().Soon()).ShouldBe($"twin/{Key}");
    }

    [Fact]
    public async Task Interface_WithAClassNamePrefix_MeansThatClass()
    {
        var twin = Silo.Grains.GetGrain<ITwinGrain>(Key, typeof(SecondTwinGrain).FullName);

        (await twin.Which().Soon()).ShouldBe($"other-twin/{Key}");
    }

    [Fact]
    public void Interface_WithoutAClass_IsRefused()
    {
        Should.Throw<ArgumentException>(() => Grain<IOrphan>());
    }

    [Fact]
    public void References_AreEqualWhenTheirGrainIs()
    {
        Grain<IVoiced>().ShouldBe(Grain<IVoiced>());
        Grain<IVoiced>().ShouldNotBe(Grain<IVoiced>("other"));
        Grain<IVoiced>().GetHashCode().ShouldBe(Grain<IVoiced>().GetHashCode());
    }
}
