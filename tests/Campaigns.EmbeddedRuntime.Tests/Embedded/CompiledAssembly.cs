using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Campaigns.EmbeddedRuntime.Tests.Embedded;

/// <summary>
/// Assemblies of faulty contracts: in the tests' own assembly they would keep every silo from starting.
/// </summary>
internal static class CompiledAssembly
{
    private const string Usings = """
        using System; using System.Collections.Generic; using System.Threading; using System.Threading.Tasks;
        using Orleans; using Orleans.Runtime; using Orleans.Concurrency;

        """;

    public static Assembly Of(string source)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Append(typeof(Grain).Assembly.Location)
            .Distinct()
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            $"Contracts{Guid.NewGuid():N}",
            [CSharpSyntaxTree.ParseText(Usings + source)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        result.Success.ShouldBeTrue(string.Join(Environment.NewLine, result.Diagnostics));
        return Assembly.Load(image.ToArray());
    }
}
