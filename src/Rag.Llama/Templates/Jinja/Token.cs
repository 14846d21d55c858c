namespace Rag.Llama.Templates.Jinja;

/// <summary>What a stretch of template is.</summary>
internal enum TokenKind
{
    /// <summary>Text that is copied to the output.</summary>
    Text,

    /// <summary><c>{{</c></summary>
    OutputBegin,

    /// <summary><c>}}</c></summary>
    OutputEnd,

    /// <summary><c>{%</c></summary>
    BlockBegin,

    /// <summary><c>%}</c></summary>
    BlockEnd,

    /// <summary>A name or keyword.</summary>
    Name,

    /// <summary>A string literal, its escapes resolved.</summary>
    String,

    /// <summary>Digits.</summary>
    Integer,

    /// <summary>Digits with a fraction or an exponent.</summary>
    Real,

    /// <summary>An operator or a bracket.</summary>
    Operator,

    /// <summary>After the last token.</summary>
    End,
}

/// <summary>A piece of template and the 1-based line on which it begins.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Line)
{
    /// <summary>Whether it is this operator or bracket.</summary>
    public bool IsOperator(string text) => Kind == TokenKind.Operator && Text == text;

    /// <summary>Whether it is this name or keyword.</summary>
    public bool IsName(string text) => Kind == TokenKind.Name && Text == text;
}
