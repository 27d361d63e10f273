using System.Reflection;
using Campaigns.Contracts;

namespace Campaigns.Architecture.Tests;

/// <summary>What travels between processes keeps its name and its numbers for good.</summary>
public sealed class WireTypeTests
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly;

    private static readonly Assembly Contracts = typeof(Outcome).Assembly;

    private static readonly IReadOnlyList<Type> Interfaces =
        [.. Contracts.GetTypes().Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type))];

    [Fact]
    public void GrainInterfaces_AndTheirMethods_HaveAliases()
    {
        Interfaces.ShouldNotBeEmpty();
        Interfaces.Where(type => Alias(type) is null).ShouldBeEmpty();
        foreach (var grain in Interfaces)
        {
            var aliases = grain.GetMethods().Select(method => Alias(method)).ToList();
            aliases.ShouldNotContain((string?)null, grain.Name);
            aliases.ShouldBeUnique();
        }
    }

    [Fact]
    public void ReachableTypes_AreWireRecordsOfContracts() =>
        Reachable().Where(type => type.Assembly != Contracts || !Has(type, "GenerateSerializerAttribute"))
            .Select(type => type.FullName)
            .ShouldBeEmpty("a grain call can carry only what has a codec: [GenerateSerializer] records of Contracts");

    [Fact]
    public void Aliases_AreUniqueAndStandInTheOneTable()
    {
        var table = Contracts.GetType("Campaigns.Contracts.TypeAliases")!
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToList();
        var used = Serialized().Concat(Interfaces).Select(type => Alias(type)).ToList();
        used.ShouldNotContain((string?)null);
        used.ShouldBeUnique();
        used.ShouldBe(table, ignoreOrder: true);
    }

    [Fact]
    public void Ids_AreUniqueAndGapless()
    {
        foreach (var type in Serialized().Where(type => !type.IsEnum))
        {
            var ids = Members(type).Select(member => member.Id).Order().ToList();
            ids.ShouldBe(Enumerable.Range(0, ids.Count).Select(id => (uint)id), type.Name);
            DataMembers(type).Count().ShouldBe(ids.Count, $"{type.Name}: a member without an [Id] is lost on the wire");
        }
    }

    [Fact]
    public void Layout_IsTheCommittedOne()
    {
        var path = Path.Combine(Repository.Root, "tests/Campaigns.Architecture.Tests/wire-types.txt");
        var now = string.Concat(Serialized().Concat(Interfaces)
            .Select(Describe).Order(StringComparer.Ordinal).Select(line => line + "\n"));
        if (Environment.GetEnvironmentVariable("CAMPAIGNS_ACCEPT") == "wire-types")
        {
            File.WriteAllText(path, now);
        }

        now.ShouldBe(File.ReadAllText(path), "CAMPAIGNS_ACCEPT=wire-types accepts members and types that were added");
    }

    [Fact]
    public void Enums_HaveNoValidZero() =>
        Serialized().Where(type => type.IsEnum && Enum.GetName(type, 0) != "None")
            .Select(type => type.Name)
            .ShouldBeEmpty();

    private static IEnumerable<Type> Serialized() => Contracts.GetTypes()
        .Where(type => type.Namespace?.StartsWith("Campaigns.Contracts", StringComparison.Ordinal) == true)
        .Where(type => Has(type, "GenerateSerializerAttribute"));

    private static string Describe(Type type)
    {
        var parts = type.IsInterface
            ? type.GetMethods().OrderBy(method => Alias(method), StringComparer.Ordinal).Select(Signature)
            : type.IsEnum
                ? Enum.GetValues(type).Cast<object>().Select(value => $"{Convert.ToInt32(value)} {value}")
                : Members(type).OrderBy(member => member.Id).Select(member => $"{member.Id} {Name(member.Type)}");
        return $"{Alias(type)}: {string.Join(", ", parts)}";
    }

    private static string Signature(MethodInfo method) =>
        $"{Alias(method)}({string.Join(' ', method.GetParameters().Select(each => Name(each.ParameterType)))})"
        + $" {Name(method.ReturnType)}";

    private static string Name(Type type) =>
        type.IsArray ? Name(type.GetElementType()!) + "[]"
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(' ', type.GetGenericArguments().Select(Name))}>"
        : Alias(type) ?? type.Name;

    private static HashSet<Type> Reachable()
    {
        var seen = new HashSet<Type>();
        var queue = new Queue<Type>(Interfaces.SelectMany(grain => grain.GetMethods())
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType)
                .Append(method.ReturnType)));
        while (queue.TryDequeue(out var type))
        {
            foreach (var inner in type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments())
            {
                queue.Enqueue(inner);
            }

            if (IsOurs(type) && seen.Add(type))
            {
                foreach (var member in DataMembers(type))
                {
                    queue.Enqueue(member);
                }
            }
        }

        return seen;
    }

    private static bool IsOurs(Type type) =>
        !type.IsArray && type.Namespace?.StartsWith("Campaigns", StringComparison.Ordinal) == true;

    private static IEnumerable<Type> DataMembers(Type type) => type.IsEnum
        ? []
        : type.GetFields(Declared | BindingFlags.NonPublic)
            .Select(field => field.FieldType);

    private static IEnumerable<(uint Id, Type Type)> Members(Type type) =>
        from member in type.GetMembers(Declared)
        let id = member.GetCustomAttributesData().FirstOrDefault(data => data.AttributeType.Name == "IdAttribute")
        where id is not null
        select (
            Convert.ToUInt32(id.ConstructorArguments[0].Value),
            member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType);

    private static string? Alias(MemberInfo member) => (string?)member.GetCustomAttributesData()
        .FirstOrDefault(data => data.AttributeType.Name == "AliasAttribute")?.ConstructorArguments[0].Value;

    private static bool Has(MemberInfo member, string attribute) =>
        member.GetCustomAttributesData().Any(data => data.AttributeType.Name == attribute);
}
