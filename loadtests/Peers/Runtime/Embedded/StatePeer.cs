using Campaigns.Peers.Draws;

namespace Campaigns.Peers.Runtime;

/// <summary>The peer of Microsoft Orleans' own persistence exists only where Orleans is built in.</summary>
internal static class StatePeer
{
    public static Task<Func<IServiceProvider, IDrawStore>> AddAsync(WebApplicationBuilder builder, string connection) =>
        throw new NotSupportedException("The peer orleans-state needs a build with GrainRuntime=Orleans.");
}
