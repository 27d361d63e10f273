namespace Campaigns.Contracts;

/// <summary>
/// A call whose repetition changes nothing: it only reads, or what it did is remembered by an id of its own. A gateway
/// may send it again where it does not know whether it arrived.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RepeatableAttribute : Attribute;
