using System.Security.Cryptography;

namespace Campaigns.Host.Secrets;

/// <summary>A 32-byte secret as base64 in a file that only its owner can read.</summary>
internal static class SecretFile
{
    public const int Bytes = 32;

    /// <summary>
    /// Null where there is no such file; throws <see cref="HostException"/> where it holds anything else.
    /// </summary>
    public static byte[]? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var secret = Parse(File.ReadAllText(path).Trim());
        return secret ?? throw new HostException($"{path} does not hold {Bytes} bytes of base64.");
    }

    /// <summary>Makes a random secret once; of several processes that try, all get what the first one made.</summary>
    public static byte[] ReadOrCreate(string path)
    {
        if (Read(path) is { } existing)
        {
            return existing;
        }

        var draft = $"{path}.{Environment.ProcessId}.new";
        Write(draft, Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)) + "\n");
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }

        return Read(path)!;
    }

    /// <summary>Null where the text is anything but 32 bytes of base64.</summary>
    public static byte[]? Parse(string text)
    {
        var buffer = new byte[Bytes + 3];
        return Convert.TryFromBase64String(text, buffer, out var written) && written == Bytes ? buffer[..Bytes] : null;
    }

    private static void Write(string path, string content)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(content);
        writer.Flush();
        ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
    }
}
