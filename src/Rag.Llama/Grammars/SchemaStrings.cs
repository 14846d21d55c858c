using System.Text.Json;

namespace Rag.Llama.Grammars;

/// <summary>Writes the strings that fit a schema.</summary>
internal static class SchemaStrings
{
    private const string TwoDigitsBelow60 = "[0-5] [0-9]";

    // the Gregorian calendar from the year 1, as RFC 3339 writes it
    private const string Date = """
        ((("000" [1-9] | "00" [1-9] [0-9] | "0" [1-9] [0-9]{2} | [1-9] [0-9]{3}) "-" ((("0" [13578] | "1" [02]) "-" ("0" [1-9] | [12] [0-9] | "3" [01]))
        | (("0" [469] | "11") "-" ("0" [1-9] | [12] [0-9] | "30")) | ("02-" ("0" [1-9] | "1" [0-9] | "2" [0-8]))))
        | (([0-9]{2} ("0" [48] | [2468] [048] | [13579] [26])) | (("0" [48] | [2468] [048] | [13579] [26]) "00")) "-02-29")
        """;

    // offsets up to 14 hours, which is what clocks use and DateTimeOffset takes
    private const string Time = $"""
        (("2" [0-3] | [01] [0-9]) ":" {TwoDigitsBelow60} ":" {TwoDigitsBelow60} ("." [0-9]{"{1,7}"})? ("Z" | [-+] (("0" [0-9] | "1" [0-3]) ":" {TwoDigitsBelow60} | "14:00")))
        """;

    private static readonly Dictionary<string, string> Formats = new()
    {
        ["date"] = Date,
        ["time"] = Time,
        ["date-time"] = $"{Date} \"T\" {Time}",
        ["uuid"] = $"{JsonRules.Hex}{{8}} (\"-\" {JsonRules.Hex}{{4}}){{3}} \"-\" {JsonRules.Hex}{{12}}",
    };

    public static string Convert(JsonElement schema, string path, GbnfWriter writer)
    {
        var (min, max) = (SchemaRead.Count(schema, "minLength", path), SchemaRead.Count(schema, "maxLength", path));
        var hasPattern = schema.TryGetProperty("pattern", out var pattern);
        var name = schema.TryGetProperty("format", out var format) ? SchemaRead.Text(format, $"{path}/format") : "";
        var hasFormat = Formats.TryGetValue(name, out var formatted); // a format of another name says nothing about validity (JSON Schema 2020-12 validation, section 7.2.1)
        if ((hasPattern ? 1 : 0) + (hasFormat ? 1 : 0) + (min > 0 || max is not null ? 1 : 0) > 1)
        {
            throw new GrammarException("A string has more than one of 'pattern', 'format' and a length, which cannot be joined. Say it with the pattern alone.", path);
        }

        if (hasPattern)
        {
            var body = RegexGrammar.ToGbnf(SchemaRead.Text(pattern, $"{path}/pattern"), message => new GrammarException(message, $"{path}/pattern"));
            return writer.Rule("pattern", $"{JsonRules.Quote} {body} {JsonRules.Quote}");
        }

        if (hasFormat)
        {
            return writer.Rule(name, $"{JsonRules.Quote} {formatted!.ReplaceLineEndings(" ")} {JsonRules.Quote}");
        }

        if (max < min)
        {
            throw new GrammarException($"No string has at least {min} and at most {max} characters. Correct the lengths.", path);
        }

        return min is null or 0 && max is null
            ? JsonRules.String
            : writer.Rule("string", $"{JsonRules.Quote} {JsonRules.Character}{{{min ?? 0},{max}}} {JsonRules.Quote}");
    }
}
