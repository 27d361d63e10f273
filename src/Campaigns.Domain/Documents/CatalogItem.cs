namespace Campaigns.Domain.Documents;

/// <summary>Something of the catalog that users are given.</summary>
/// <param name="Stock">Pieces over all activities; null: not bounded here.</param>
public sealed record CatalogItem(ItemForm Form, int? Stock)
{
    /// <summary>Users hold it as a balance: nothing is sent to them and no code is shown.</summary>
    public bool IsBalance => Form is ItemForm.Token or ItemForm.Virtual && Stock is null;
}

public enum ItemForm
{
    /// <summary>Never valid.</summary>
    None = 0,
    Physical,
    Code,
    Token,
    Virtual,
}
