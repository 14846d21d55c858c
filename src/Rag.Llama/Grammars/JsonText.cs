using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Rag.Llama.Grammars;

/// <summary>Writes JSON in the shortest form, with the characters that need no escape as themselves, as models write it.</summary>
internal static class JsonText
{
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(",", value.EnumerateObject().Select(property => $"{Of(property.Name)}:{Of(property.Value)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(",", value.EnumerateArray().Select(Of)) + "]",
        JsonValueKind.String => Of(value.GetString()!),
        _ => value.GetRawText(),
    };

    public static string Of(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var character in text)
        {
            json.Append(Escape(character) ?? character.ToString());
        }

        return json.Append('"').ToString();
    }

    /// <summary>How a character must be written inside a string; null if as itself.</summary>
    public static string? Escape(char character) => character switch
    {
        '"' or '\\' => "\\" + character,
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < ' ' or '\x7F' => "\\u" + ((int)character).ToString("x4", CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>One character of a set, inside a string: those that need no escape as a class, the others escaped. GBNF.</summary>
    public static string Characters(CodePointSet set)
    {
        var escaped = Enumerable.Range(0, 0x80).Where(value => set.Contains(value) && Escape((char)value) is not null).ToList();
        var plain = set.Without(CodePointSet.Of(escaped.Select(value => (value, value))));
        var alternatives = escaped.Select(value => GbnfWriter.Literal(Escape((char)value)!));
        return GbnfWriter.Choice(plain.IsEmpty ? alternatives : alternatives.Prepend(GbnfWriter.Class(plain)));
    }
}
