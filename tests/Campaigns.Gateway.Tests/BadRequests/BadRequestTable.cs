namespace Campaigns.Gateway.Tests.BadRequests;

/// <summary>
/// Requests that a gateway refuses by itself: none reaches a grain, none changes anything, none is a 500. Needs nothing
/// of this project but this folder, so that it can be run against any gateway.
/// </summary>
public static class BadRequestTable
{
    public static IReadOnlyList<BadRequest> All { get; } =
        [.. BodyTable.All, .. TokenTable.All, .. PathTable.All, .. PartnerTable.All, .. OpsTable.All];

    public static BadRequest Named(string name) => All.Single(request => request.Name == name);
}
