namespace Orleans.Serialization;

/// <summary>A value of a type that does not cross grain calls was passed or returned.</summary>
[GenerateSerializer]
public sealed class CodecNotFoundException(string message) : Exception(message);
