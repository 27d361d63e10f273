using Campaigns.Contracts;
using Campaigns.Grains.Journal;
using Microsoft.Extensions.Hosting;

namespace Campaigns.Grains.Tests;

/// <summary>The grain runtime that this build of the tests runs on.</summary>
internal static class SiloRuntime
{
    public const string Name = "Embedded";

    public static void Add(HostApplicationBuilder builder) => builder.Services.AddEmbeddedGrainRuntime(options =>
    {
        options.GrainAssemblies.Add(typeof(IUserGrain).Assembly);
        options.GrainAssemblies.Add(typeof(JournalServices).Assembly);
    });
}
