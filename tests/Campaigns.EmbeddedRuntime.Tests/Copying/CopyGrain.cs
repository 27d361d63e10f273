using System.Collections.Immutable;
using Campaigns.EmbeddedRuntime.Tests.Hosting;

namespace Campaigns.EmbeddedRuntime.Tests.Copying;

[GenerateSerializer]
[Alias("test.Basket")]
public sealed class Basket
{
    [Id(0)]
    public List<string> Items { get; set; } = [];

    [Id(1)]
    public Basket? Nested { get; set; }

    [field: NonSerialized]
    public string? Local { get; set; }
}

[GenerateSerializer]
[Alias("test.Receipt")]
public sealed record Receipt([property: Id(0)] string Number, [property: Id(1)] int[] Amounts)
{
    [Id(2)]
    private readonly List<string> _notes = [];

    public void Note(string text) => _notes.Add(text);

    public string Notes() => string.Join(",", _notes);
}

[GenerateSerializer]
[Immutable]
[Alias("test.Seal")]
public sealed class Seal
{
    [Id(0)]
    public List<string> Marks { get; init; } = [];
}

[GenerateSerializer]
[Alias("test.Shape")]
public abstract class Shape
{
    [Id(0)]
    public string Name { get; set; } = "";
}

[GenerateSerializer]
[Alias("test.Polygon")]
public class Polygon : Shape
{
    [Id(0)]
    public List<(int X, int Y)> Corners { get; set; } = [];
}

public enum Color : byte
{
    None,
    Red,
    Blue,
}

[GenerateSerializer]
[Alias("test.Point")]
public readonly record struct Point([property: Id(0)] int X, [property: Id(1)] byte[] Tag);

[GenerateSerializer]
[Alias("test.Everything")]
public sealed record Everything
{
    [Id(0)]
    public UInt128 Wide { get; init; }

    [Id(1)]
    public DateTimeOffset When { get; init; }

    [Id(2)]
    public ReadOnlyMemory<byte> Bytes { get; init; }

    [Id(3)]
    public Color? Color { get; init; }

    [Id(4)]
    public ImmutableArray<Basket> Baskets { get; init; } = [];

    [Id(5)]
    public Dictionary<string, List<int>> Lists { get; init; } = [];

    [Id(6)]
    public IReadOnlyList<string> Names { get; init; } = [];

    [Id(7)]
    public Shape? Shape { get; init; }

    [Id(8)]
    public Point Point { get; init; }

    [Id(9)]
    public (int Number, Basket Basket) Pair { get; init; }

    [Id(10)]
    public HashSet<Guid> Ids { get; init; } = [];

    [Id(11)]
    public decimal? Price { get; init; }
}

[Alias("test.ICopies")]
public interface ICopies : IGrainWithStringKey
{
    Task Keep(Basket basket);

    Task KeepAfter(string gate, Basket basket);

    Task<Basket> Kept();

    Task Change();

    Task ChangeArgument(Basket basket);

    Task<bool> AreOne(Basket first, Basket second);

    Task<bool> IsItsOwnNested(Basket basket);

    Task Note(string name, [Immutable] Basket basket);

    Task NoteWrapped(string name, Immutable<Basket> basket);

    Task NoteSeal(string name, Seal seal);

    Task<Everything> Echo(Everything everything);

    Task<Receipt> EchoReceipt(Receipt receipt);

    [return: Immutable]
    Task<Basket> KeptItself();

    ValueTask<Shape> EchoShape(Shape shape);

    ValueTask Nothing();
}

public sealed class CopyGrain : Grain, ICopies
{
    private Basket _kept = new();

    public Task Keep(Basket basket)
    {
        _kept = basket;
        return Task.CompletedTask;
    }

    public async Task KeepAfter(string gate, Basket basket)
    {
        await Gate.Named(gate).Pass();
        _kept = basket;
    }

    public Task<Basket> Kept() => Task.FromResult(_kept);

    public Task Change()
    {
        _kept.Items.Add("changed");
        return Task.CompletedTask;
    }

    public Task ChangeArgument(Basket basket)
    {
        basket.Items.Add("changed by the grain");
        return Task.CompletedTask;
    }

    public Task<bool> AreOne(Basket first, Basket second) => Task.FromResult(ReferenceEquals(first, second));

    public Task<bool> IsItsOwnNested(Basket basket) => Task.FromResult(ReferenceEquals(basket, basket.Nested));

    public Task Note(string name, Basket basket) => NoteObject(name, basket);

    public Task NoteWrapped(string name, Immutable<Basket> basket) => NoteObject(name, basket.Value);

    public Task NoteSeal(string name, Seal seal) => NoteObject(name, seal);

    public Task<Everything> Echo(Everything everything) => Task.FromResult(everything);

    public Task<Receipt> EchoReceipt(Receipt receipt) => Task.FromResult(receipt);

    public Task<Basket> KeptItself() => Task.FromResult(_kept);

    public ValueTask<Shape> EchoShape(Shape shape) => new(shape);

    public ValueTask Nothing() => default;

    private static Task NoteObject(string name, object value)
    {
        Journal.Note(name, value);
        return Task.CompletedTask;
    }
}
