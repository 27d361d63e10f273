using System.Runtime.InteropServices;
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

        // Process ids are no names here: the first process of each container has the same.
        var draft = $"{path}.{Guid.NewGuid():n}.new";
        try
        {
            Write(draft, Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)) + "\n");
            Publish(draft, path);
        }
        finally
        {
            File.Delete(draft);
        }

        return Read(path) ?? throw new IOException($"{path} has vanished as soon as it was made.");
    }

    /// <summary>Null where the text is anything but 32 bytes of base64.</summary>
    public static byte[]? Parse(string text)
    {
        var buffer = new byte[Bytes + 3];
        return Convert.TryFromBase64String(text, buffer, out var written) && written == Bytes ? buffer[..Bytes] : null;
    }

    /// <summary>
    /// Gives the draft its name unless somebody was faster. A move would not do: it looks first and then replaces.
    /// </summary>
    private static void Publish(string draft, string path)
    {
        if (!OperatingSystem.IsWindows() && Link(draft, path) == 0)
        {
            return;
        }

        // Taken; or a file system without links, or Windows, whose move is one step.
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // The first one counts.
        }
    }

    [DllImport("libc", EntryPoint = "link", CharSet = CharSet.Ansi, BestFitMapping = false)]
    private static extern int Link(string existing, string name);

    private static void Write(string path, string content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
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
