namespace Rag.Queries;

/// <summary>What the values of a <see cref="FilterField"/> are.</summary>
public enum FieldKind
{
    /// <summary>Words, compared for equality only.</summary>
    Text,

    /// <summary>Numbers such as <c>2021</c> or <c>-1.5</c>, compared also by size.</summary>
    Number,

    /// <summary>Dates in ISO form, <c>2021</c>, <c>2021-06</c> or <c>2021-06-30</c>, compared also by time.</summary>
    Date,
}
