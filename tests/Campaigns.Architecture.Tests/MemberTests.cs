namespace Campaigns.Architecture.Tests;

/// <summary>The measure itself is tested, or the limits above would hold by accident.</summary>
public sealed class MemberTests
{
    [Fact]
    public void Method_CountsFromItsHeaderToItsClosingBrace() =>
        Sizes("""
            namespace A;
            public sealed class B(int c) : D
            {
                private readonly int _e = 1;

                public void F(int g)
                {
                    if (g > 0) { H(); }
                    I(x => { return x; });
                }
            }
            """).ShouldBe([1, 5]);

    [Fact]
    public void ExpressionBody_CountsToItsSemicolon() =>
        Sizes("class A\n{\n    int B() => C(d =>\n    {\n        return d;\n    });\n    int E => 1;\n}")
            .ShouldBe([4, 1]);

    [Fact]
    public void BracesInTextAndComments_AreNotCounted() =>
        Sizes("class A\n{\n  void B()\n  {\n    C(\"}\", '}', $\"{D(\"}\")}}}\"); // }\n    /* } */\n  }\n}")
            .ShouldBe([5]);

    [Fact]
    public void RawText_IsNotCounted() =>
        Sizes("class A\n{\n    string B() =>\n        $$\"\"\"\n        { } {{C}} \"\n        \"\"\";\n}")
            .ShouldBe([4]);

    [Fact]
    public void NestedTypes_HaveMembersOfTheirOwn() =>
        Sizes("class A\n{\n    enum B\n    {\n        C,\n    }\n\n    int D { get; } = 1;\n    int E;\n}")
            .ShouldBe([1, 1]);

    private static IEnumerable<int> Sizes(string source) => Member.Of(source).Select(member => member.Lines);
}
