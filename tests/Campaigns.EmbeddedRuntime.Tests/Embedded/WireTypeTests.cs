using Campaigns.EmbeddedRuntime.Tests.Hosting;
using Microsoft.Extensions.Hosting;
using Orleans.Embedded;

namespace Campaigns.EmbeddedRuntime.Tests.Embedded;

public sealed class WireTypeTests
{
    [Fact]
    public void ContractsOfTheseTests_HaveNoFault()
    {
        WireTypes.Check(typeof(TestSilo).Assembly).ShouldBeEmpty();
    }

    [Fact]
    public void TypeWithoutSerializer_IsReportedWithWhereItIsReached() => Faults("""
        public class Plain { public int X { get; set; } }
        [Alias("i")] public interface IFoo : IGrainWithStringKey { Task Take(List<Plain> plain); }
        """).ShouldBe(["Plain: lacks [GenerateSerializer], reached from IFoo.Take."]);

    [Fact]
    public void TypeReachedThroughAMember_IsReported() => Faults("""
        public class Inner { }
        [GenerateSerializer, Alias("o")] public class Outer { [Id(0)] public Dictionary<string, Inner[]> Inner; }
        [Alias("i")] public interface IFoo : IGrainWithStringKey { Task<Outer> Give(); }
        """).ShouldBe(["Inner: lacks [GenerateSerializer], reached from Outer.Inner."]);

    [Fact]
    public void MemberWithoutId_IsReported_UnlessItIsNotSerialized() => Faults("""
        [GenerateSerializer, Alias("o")] public class Outer
        {
            [Id(0)] public int A { get; set; }
            public int B { get; set; }
            private string c = "";
            [NonSerialized] public int D;
            public int E => A;
        }
        [Alias("i")] public interface IFoo : IGrainWithStringKey { Task<Outer> Give(); }
        """).ShouldBe(["Outer.B: lacks [Id] or [NonSerialized].", "Outer.c: lacks [Id] or [NonSerialized]."]);

    [Fact]
    public void RecordParameterWithoutId_IsReported() => Faults("""
        [GenerateSerializer, Alias("o")] public record Outer([property: Id(0)] int A, [Id(1)] int B, int C);
        [Alias("i")] public interface IFoo : IGrainWithStringKey { Task<Outer> Give(); }
        """).ShouldBe(["Outer.C: lacks [Id] or [NonSerialized]."]);

    [Fact]
    public void TwoMembersWithOneId_AreReported() => Faults("""
        [GenerateSerializer, Alias("o")] public class Outer { [Id(3)] public int A; [Id(3)] public int B; }
        [Alias("i")] public interface IFoo : IGrainWithStringKey { Task<Outer> Give(); }
        """).ShouldBe(["Outer: A and B have the same [Id(3)]."]);

    [Fact]
    public void MissingAliases_AreReported() => Faults("""
        [GenerateSerializer] public class Outer { [Id(0)] public int A; }
        public interface IFoo : IGrainWithStringKey { Task<Outer> Give(); }
        """).ShouldBe(["IFoo: lacks [Alias].", "Outer: lacks [Alias]."]);

    [Fact]
    public void OneAliasForTwoTypes_IsReported() => Faults("""
        [GenerateSerializer, Alias("same")] public class A { }
        [GenerateSerializer, Alias("same")] public class B { }
        """).ShouldBe(["The alias \"same\" names A and B."]);

    [Fact]
    public void BaseAndDerivedTypes_AreChecked() => Faults("""
        public abstract class Base { public int X; }
        [GenerateSerializer, Alias("d")] public class Derived : Base { public int Y; }
        [Alias("i")] public interface IFoo : IGrainWithStringKey { Task Take(Base value); }
        """).ShouldBe(
            [
                "Base: lacks [GenerateSerializer], base of what crosses calls.",
                "Derived.Y: lacks [Id] or [NonSerialized].",
            ]);

    [Fact]
    public void AbstractTypeThatNothingImplements_IsReported() => Faults("""
        [GenerateSerializer, Alias("b")] public abstract class Base { }
        [Alias("i")] public interface IFoo : IGrainWithStringKey { Task Take(Base value); Task TakeAny(object value); }
        """).ShouldBe([
            "IFoo.Take: nothing in the grain assemblies implements Base.",
            "IFoo.TakeAny: a bare object carries nothing."]);

    [Fact]
    public void MethodsThatCannotBeCalled_AreReported() => Faults("""
        [Alias("i")] public interface IFoo : IGrainWithStringKey
        {
            int Number();
            void Tell();
            Task Generic<T>(T value);
            Task ByReference(in int value);
            Task Cancel(CancellationToken a, CancellationToken b);
            int Property { get; }
        }
        """).ShouldBe([
            "IFoo.ByReference: parameter value is by reference.",
            "IFoo.Cancel: has two cancellation tokens.",
            "IFoo.Generic: generic methods are not supported.",
            "IFoo.Number: returns System.Int32, not a Task or ValueTask.",
            "IFoo.Tell: returns System.Void, not a Task or ValueTask.",
            "IFoo.get_Property: grain interfaces have methods only."]);

    [Fact]
    public void Exceptions_AreChecked_EvenWhenNoMethodNamesThem() => Faults("""
        public class Broken : Exception { }
        [GenerateSerializer, Alias("e")] public class Whole : Exception { [Id(0)] public int Code; }
        """).ShouldBe(["Broken: lacks [GenerateSerializer], reached from thrown."]);

    [Fact]
    public void GenericTypes_AreCheckedWithTheirArguments() => Faults("""
        public class Plain { }
        [GenerateSerializer, Alias("p`1")] public class Page<T> { [Id(0)] public List<T> Items; }
        [Alias("i")] public interface IFoo : IGrainWithStringKey { Task<Page<Plain>> Give(); }
        """).Count.ShouldBe(1);

    [Fact]
    public async Task Silo_WithFaultyContracts_DoesNotStart_AndNamesEveryFault()
    {
        var assembly = CompiledAssembly.Of("""
            public class Plain { }
            public interface IFoo : IGrainWithStringKey { Task<Plain> Give(); }
            """);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEmbeddedGrainRuntime(options => options.GrainAssemblies.Add(assembly));
        using var host = builder.Build();

        var exception = await Should.ThrowAsync<OrleansConfigurationException>(host.StartAsync());

        exception.Message.ShouldContain("IFoo: lacks [Alias].");
        exception.Message.ShouldContain("Plain: lacks [GenerateSerializer]");
    }

    private static IReadOnlyList<string> Faults(string source) => WireTypes.Check(CompiledAssembly.Of(source));
}
