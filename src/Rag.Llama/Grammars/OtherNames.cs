using System.Text;

namespace Rag.Llama.Grammars;

/// <summary>Writes the JSON strings that are none of some names, so that additional properties never repeat a declared one.</summary>
internal static class OtherNames
{
    // names that agree so far with a declared one are not written at all
    private const int MostShared = 100;

    private static readonly CodePointSet Plain = CodePointSet.Of([(0, ' ' - 1), ('"', '"'), ('\\', '\\'), ('\x7F', '\x7F')]).Negate();

    /// <summary>The name of a rule for the string with its quotes.</summary>
    public static string Rule(IReadOnlyList<string> names, GbnfWriter writer) =>
        writer.Rule("name", $"{JsonRules.Quote} {Rest([.. names.Select(name => name.EnumerateRunes().ToArray())], 0, writer)} {JsonRules.Quote}");

    // while the text is the start of a name it has no escapes, for one could spell the rest of that name
    private static string Rest(List<Rune[]> names, int at, GbnfWriter writer)
    {
        var longer = names.Where(name => name.Length > at && Plain.Contains(name[at].Value)).GroupBy(name => name[at]).ToList();
        var others = Plain.Without(CodePointSet.Of(longer.Select(group => (group.Key.Value, group.Key.Value))));
        var alternatives = new List<string> { $"{GbnfWriter.Class(others)} {JsonRules.Character}*" };
        alternatives.AddRange(longer.TakeWhile(_ => at < MostShared).Select(group => $"{GbnfWriter.Literal(group.Key.ToString())} {Rest([.. group], at + 1, writer)}"));
        if (names.TrueForAll(name => name.Length != at))
        {
            alternatives.Add("\"\"");
        }

        return writer.Rule("name", string.Join(" | ", alternatives));
    }
}
