using System.Globalization;
using System.Reflection;

namespace Campaigns.Ledger.Migrations;

/// <summary>
/// One numbered step of a backend's schema: <c>Migrations/0001_journal.sql</c>. Published steps never change.
/// </summary>
internal sealed record MigrationScript(int Version, string Name, string Sql)
{
    /// <summary>All steps of a backend in order; the numbers run from 1 without gaps.</summary>
    public static IReadOnlyList<MigrationScript> Of(string backend)
    {
        var prefix = $"Campaigns.Ledger.{backend}.Migrations.";
        var assembly = typeof(MigrationScript).Assembly;
        var scripts = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name, name[prefix.Length..]))
            .ToList();
        for (var i = 0; i < scripts.Count; i++)
        {
            if (scripts[i].Version != i + 1)
            {
                throw new InvalidOperationException($"Migration {i + 1} of {backend} is missing or doubled.");
            }
        }

        return scripts;
    }

    /// <summary>The steps that are to do, or a refusal when the database is ahead of this program.</summary>
    public static IEnumerable<MigrationScript> After(
        IReadOnlyList<MigrationScript> scripts, int present, string database) =>
        present <= scripts.Count
            ? scripts.Skip(present)
            : throw new DatabaseRefusedException(
                $"{database} has schema version {present}, this program knows versions up to {scripts.Count}: "
                + "start the newer program that made it.");

    private static MigrationScript Read(Assembly assembly, string resource, string file)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return new MigrationScript(
            int.Parse(file.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture),
            Path.GetFileNameWithoutExtension(file),
            reader.ReadToEnd());
    }
}
