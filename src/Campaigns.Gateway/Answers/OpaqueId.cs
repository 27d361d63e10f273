using System.Buffers.Text;

namespace Campaigns.Gateway.Answers;

/// <summary>The id of what an entry says: its chain, a keyed hash of all of it, so no two share it.</summary>
internal static class OpaqueId
{
    /// <param name="chain">32 hexadecimal digits.</param>
    /// <returns>Safe in URLs.</returns>
    public static string Of(string chain) => Base64Url.EncodeToString(Convert.FromHexString(chain));
}
