namespace Rag.Llama.Grammars;

/// <summary>A grammar or a schema that cannot be used as written; the message says what, with the values, then what to do. The caller's decision: another grammar.</summary>
public sealed class GrammarException : LlamaException
{
    /// <summary>A fault with no one place, such as a grammar that became too ambiguous while it was matched.</summary>
    public GrammarException(string message)
        : base(message)
    {
    }

    /// <summary>A fault at a place of a grammar's text.</summary>
    /// <param name="message">What is wrong and what to do, without the place, which is put in front.</param>
    /// <param name="line">1-based.</param>
    /// <param name="column">1-based, in UTF-16 characters.</param>
    public GrammarException(string message, int line, int column)
        : base($"Line {line}, column {column}: {message}")
    {
        Line = line;
        Column = column;
    }

    /// <summary>A fault at a place of a JSON schema.</summary>
    /// <param name="message">What is wrong and what to do, without the place, which is put in front.</param>
    /// <param name="schemaPath">JSON pointer (RFC 6901) in its fragment form, such as <c>#/properties/age/multipleOf</c>.</param>
    public GrammarException(string message, string schemaPath)
        : base($"{schemaPath}: {message}")
    {
        SchemaPath = schemaPath;
    }

    /// <summary>1-based line of the grammar's text, or null where the fault has no place in one.</summary>
    public int? Line { get; }

    /// <summary>1-based column in UTF-16 characters, or null where the fault has no place in a grammar's text.</summary>
    public int? Column { get; }

    /// <summary>JSON pointer of the keyword at fault, or null where the fault is not a schema's.</summary>
    public string? SchemaPath { get; }
}
