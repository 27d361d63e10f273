namespace Campaigns.LoadTests.Targets;

/// <summary>The run cannot begin or go on, for a reason that its user can mend: one line on stderr.</summary>
internal sealed class TargetException(string message, Exception? inner = null) : Exception(message, inner);
