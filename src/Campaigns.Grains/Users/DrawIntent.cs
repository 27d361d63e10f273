using Campaigns.Domain.Payloads;

namespace Campaigns.Grains.Users;

/// <summary>
/// The user's grain lets a draw go to a pool whose shards cannot count its limits. Until it is settled it counts as
/// drawn, so that a lost answer cannot become a second packet.
/// </summary>
/// <param name="Round">The round asked for, or null.</param>
/// <param name="Day">Business day of the decision, counted from 1970-01-01.</param>
internal sealed record DrawIntended(ActivityRef Activity, ulong KeyHash, ulong BodyHash, string? Round, int Day)
{
    public byte[] Write()
    {
        var writer = new PayloadWriter();
        Activity.Write(writer);
        return writer.Fixed64(KeyHash).Fixed64(BodyHash).OptionalText(Round).Signed(Day).ToArray();
    }

    public static DrawIntended Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        return new DrawIntended(
            ActivityRef.Read(ref reader), reader.Fixed64(), reader.Fixed64(), reader.OptionalText(), reader.Int32());
    }
}

/// <summary>
/// The pool has answered for good: the draw is among its entries, or it was refused and the key is free again.
/// </summary>
internal sealed record DrawSettled(ActivityRef Activity, ulong KeyHash)
{
    public byte[] Write()
    {
        var writer = new PayloadWriter();
        Activity.Write(writer);
        return writer.Fixed64(KeyHash).ToArray();
    }

    public static DrawSettled Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        return new DrawSettled(ActivityRef.Read(ref reader), reader.Fixed64());
    }
}
