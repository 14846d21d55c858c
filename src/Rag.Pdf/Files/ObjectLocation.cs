namespace Rag.Pdf.Files;

/// <summary>Where an indirect object is: a row of the cross-reference table (7.5.4, 7.5.8).</summary>
/// <param name="Kind">What the numbers mean.</param>
/// <param name="Position">Offset in the file, or the number of the object stream.</param>
/// <param name="Generation">Generation; 0 in an object stream.</param>
internal readonly record struct ObjectLocation(LocationKind Kind, int Position, int Generation);

/// <summary>How an object is stored.</summary>
internal enum LocationKind : byte
{
    /// <summary>Not at all: deleted.</summary>
    Free,

    /// <summary>By itself at an offset.</summary>
    Direct,

    /// <summary>In an object stream (7.5.7).</summary>
    Compressed,
}
