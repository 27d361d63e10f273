using Campaigns.Contracts;
using Campaigns.Grains;
using Campaigns.Host.Settings;

namespace Campaigns.Host.Hosting;

/// <summary>Runs the grains on the embedded runtime, in this process.</summary>
internal static class GrainRuntimeHosting
{
    public const string Name = "Embedded";

    public static void AddGrainRuntime(this WebApplicationBuilder builder, HostSettings settings) =>
        builder.Services.AddEmbeddedGrainRuntime(runtime =>
        {
            runtime.GrainAssemblies.Add(typeof(GrainKeys).Assembly);
            runtime.GrainAssemblies.Add(typeof(GrainOptions).Assembly);
        });

    /// <summary>Whether a start failed for a setting that the runtime cannot work by; this one takes none.</summary>
    public static bool IsRefusal(Exception failure) => false;
}
