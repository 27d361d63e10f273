using Campaigns.Domain.Conditions;
using NodaTime;

namespace Campaigns.Domain.CheckIns;

/// <summary>A user's request to check in.</summary>
/// <param name="KeyHash">First 64 bits of SHA-256 over the Idempotency-Key; 0: there was none.</param>
/// <param name="BodyHash">First 64 bits of SHA-256 over the request's body.</param>
/// <param name="Date">The day that the caller means; null: today.</param>
/// <param name="Facts">What is known of the user, all sources merged.</param>
public sealed record CheckInCommand(ulong KeyHash, ulong BodyHash, LocalDate? Date, Facts Facts);
