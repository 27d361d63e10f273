namespace Campaigns.Contracts;

/// <summary>
/// Identifies a user's operation: hashes of its idempotency key and of its body (first 8 bytes of SHA-256, big-endian).
/// The scope, user and path, is that of the grain and activity that it reaches. <see cref="KeyHash"/> 0: no key given.
/// </summary>
[GenerateSerializer, Immutable]
[Alias(TypeAliases.Operation)]
public readonly record struct Operation([property: Id(0)] ulong KeyHash, [property: Id(1)] ulong BodyHash);
