namespace Rag.Llama.Grammars;

/// <summary>The GBNF of JSON itself (RFC 8259), for the grammars here to refer to.</summary>
/// <remarks>
/// White space is bounded, so that no model can write it without end: a line end and at most 20 blanks, or one blank, after an opening bracket, after a comma and
/// before a closing bracket; one blank after a colon. Numbers are bounded so that they fit 64 bits. Escapes never leave half of a surrogate pair.
/// </remarks>
internal static class JsonRules
{
    public const string Value = "json-value";
    public const string Object = "json-object";
    public const string Array = "json-array";
    public const string String = "json-string";
    public const string Character = "json-char";
    public const string Integer = "json-integer";
    public const string Number = "json-number";
    public const string Boolean = "json-boolean";
    public const string Colon = "json-colon";
    public const string Comma = "json-comma";
    public const string Space = "json-space";
    public const string Hex = "json-hex";
    public const string Quote = "\"\\\"\"";

    public const string Text = """
        json-value ::= json-object | json-array | json-string | json-number | json-boolean | "null"
        json-object ::= "{" json-space (json-member (json-comma json-member)* json-space)? "}"
        json-member ::= json-string json-colon json-value
        json-array ::= "[" json-space (json-value (json-comma json-value)* json-space)? "]"
        json-string ::= "\"" json-char* "\""
        json-char ::= [^"\\\x7F\x00-\x1F] | "\\" (["\\/bfnrt] | "u" json-unit)
        json-unit ::= ([0-9abcefABCEF] json-hex | [dD] [0-7]) json-hex{2} | [dD] [89abAB] json-hex{2} "\\u" [dD] [c-fC-F] json-hex{2}
        json-hex ::= [0-9a-fA-F]
        json-integer ::= "0" | "-"? [1-9] [0-9]{0,17}
        json-number ::= "-"? ("0" | [1-9] [0-9]{0,17}) ("." [0-9]{1,17})? ([eE] [-+]? [0-9]{1,2})?
        json-boolean ::= "true" | "false"
        json-colon ::= ":" " "?
        json-comma ::= "," json-space
        json-space ::= (" " | "\n" [ \t]{0,20})?

        """;
}
