using Campaigns.Contracts;
using Campaigns.Gateway.Auth;

namespace Campaigns.Gateway.Ops;

/// <summary>Which roles may do what; anyone of them suffices. Reading is for every role.</summary>
internal static class OpsRoles
{
    public const OperatorRoles Write = OperatorRoles.Planner;

    public const OperatorRoles Read = OperatorRoles.All;

    public static OperatorRoles For(LifecycleAction action) => action switch
    {
        LifecycleAction.Submit => OperatorRoles.Planner,
        LifecycleAction.Approve or LifecycleAction.Reject => OperatorRoles.Approver,
        // Whoever sees that something is wrong may stop it; to go on takes somebody who answers for the campaign.
        LifecycleAction.Pause => OperatorRoles.Planner | OperatorRoles.Approver | OperatorRoles.Support,
        LifecycleAction.Resume or LifecycleAction.End => OperatorRoles.Planner | OperatorRoles.Approver,
        _ => OperatorRoles.None,
    };
}
