namespace Rag.Pdf.Structure;

/// <summary>An element of the logical structure (14.7.2): a heading, paragraph, cell and the like.</summary>
internal sealed class StructureElement
{
    /// <summary>Standard structure type (14.8.4), such as <c>H1</c>, <c>P</c>, <c>TD</c>; what it is called in the file where that leads to none.</summary>
    public required string Type { get; init; }

    public required StructureElement? Parent { get; init; }

    /// <summary>Its place in logical order; elements and their content are counted in one sequence, parents first.</summary>
    public required int Order { get; init; }

    /// <summary>0 for the topmost elements.</summary>
    public int Depth { get; private set; }

    /// <summary>The text that it stands for, in place of what is painted.</summary>
    public string? ActualText { get; init; }

    /// <summary>A description for those who do not see it.</summary>
    public string? AlternateText { get; init; }

    /// <summary>What an abbreviation means.</summary>
    public string? Expansion { get; init; }

    public string? Language { get; init; }

    public int RowSpan { get; init; } = 1;

    public int ColumnSpan { get; init; } = 1;

    /// <summary>The innermost table that it is or stands in.</summary>
    public StructureElement? Table { get; private set; }

    /// <summary>The innermost table row (TR) that it is or stands in.</summary>
    public StructureElement? Row { get; private set; }

    /// <summary>The innermost table cell (TH, TD) that it is or stands in.</summary>
    public StructureElement? Cell { get; private set; }

    /// <summary>The innermost list item (LI) that it is or stands in.</summary>
    public StructureElement? ListItem { get; private set; }

    /// <summary>Finds depth and surroundings, once parent and type are known.</summary>
    public StructureElement Placed()
    {
        Depth = Parent is null ? 0 : Parent.Depth + 1;
        var isTable = Type == "Table";
        Table = isTable ? this : Parent?.Table;
        Row = Type == "TR" ? this : isTable ? null : Parent?.Row;
        Cell = Type is "TH" or "TD" ? this : isTable || Type == "TR" ? null : Parent?.Cell;
        ListItem = Type == "LI" ? this : Parent?.ListItem;
        return this;
    }
}

/// <summary>A piece of content in the logical structure.</summary>
/// <param name="Element">The element it belongs to.</param>
/// <param name="Order">Its own place in logical order.</param>
internal readonly record struct StructureContent(StructureElement Element, int Order);
