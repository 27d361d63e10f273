using Campaigns.System.Tests.Hosts;

namespace Campaigns.System.Tests.Cluster;

/// <summary>A test that needs several silos: it runs where the tests were built on Orleans.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClusterFactAttribute : FactAttribute
{
    public ClusterFactAttribute()
    {
        if (HostProgram.GrainRuntime != "Orleans")
        {
            Skip = "needs several silos: the embedded runtime has none; build with GrainRuntime=Orleans";
        }
    }
}
