using Campaigns.Domain.Payloads;

namespace Campaigns.Grains;

/// <summary>Turns an event's Write into the bytes of an entry.</summary>
internal static class Payloads
{
    public static byte[] Of(Action<PayloadWriter> write)
    {
        var writer = new PayloadWriter();
        write(writer);
        return writer.ToArray();
    }

    public static byte[] Of(Func<PayloadWriter, PayloadWriter> write) => write(new PayloadWriter()).ToArray();
}
