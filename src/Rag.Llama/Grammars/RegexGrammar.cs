using System.Globalization;

namespace Rag.Llama.Grammars;

/// <summary>Writes the strings that a regular expression finds something in as GBNF, in the form they have inside a JSON string.</summary>
/// <remarks>
/// The parts of ECMA-262 that describe regular languages: anchors at the ends of the whole alternatives, classes, groups, alternation and quantifiers.
/// Look-around, back-references, word boundaries and Unicode categories are refused.
/// </remarks>
internal sealed class RegexGrammar
{
    private const int MostNesting = 50;

    private readonly string _pattern;
    private readonly Func<string, GrammarException> _error;
    private int _at;

    private RegexGrammar(string pattern, Func<string, GrammarException> error)
    {
        _pattern = pattern;
        _error = error;
    }

    private bool AtEnd => _at >= _pattern.Length;

    /// <param name="pattern">The regular expression.</param>
    /// <param name="error">Makes an error of a message.</param>
    public static string ToGbnf(string pattern, Func<string, GrammarException> error)
    {
        var regex = new RegexGrammar(pattern, error);
        var alternatives = new List<string>();
        do
        {
            var before = regex.TryTake('^') ? "" : JsonRules.Character + "* ";
            var body = regex.Sequence(0);
            var after = regex.TryTake('$') ? "" : " " + JsonRules.Character + "*";
            alternatives.Add(before + body + after);
        }
        while (regex.TryTake('|'));

        return regex.AtEnd ? GbnfWriter.Choice(alternatives) : throw regex.Unexpected();
    }

    private string Choice(int nesting)
    {
        if (nesting > MostNesting)
        {
            throw _error($"The pattern nests more than {MostNesting} groups. Use fewer.");
        }

        var alternatives = new List<string> { Sequence(nesting) };
        while (TryTake('|'))
        {
            alternatives.Add(Sequence(nesting));
        }

        return $"({string.Join(" | ", alternatives)})";
    }

    private string Sequence(int nesting)
    {
        var parts = new List<string>();
        while (!AtEnd && _pattern[_at] is not ('|' or ')' or '$'))
        {
            parts.Add(Atom(nesting) + Quantifier());
        }

        return parts.Count == 0 ? "\"\"" : string.Join(" ", parts);
    }

    private string Atom(int nesting)
    {
        if (!TryTake('('))
        {
            return JsonText.Characters(RegexCharacters.Take(_pattern, ref _at, _error));
        }

        if (TryTake('?'))
        {
            SkipGroupKind();
        }

        var body = Choice(nesting + 1);
        return TryTake(')') ? body : throw (AtEnd ? _error($"A group of the pattern '{_pattern}' is not closed. Add the ')'.") : Unexpected());
    }

    private void SkipGroupKind()
    {
        if (TryTake(':'))
        {
            return;
        }

        var end = _pattern.IndexOf('>', _at);
        if (!TryTake('<') || AtEnd || _pattern[_at] is '=' or '!' || end < 0)
        {
            throw _error($"The pattern '{_pattern}' has a group that starts with '(?', at character {_at}, other than '(?:' and '(?<name>'. Write the pattern without it.");
        }

        _at = end + 1;
    }

    private string Quantifier()
    {
        var start = _at;
        if (AtEnd || _pattern[_at] is not ('*' or '+' or '?' or '{'))
        {
            return "";
        }

        _at = _pattern[_at] == '{' ? _pattern.IndexOf('}', _at) + 1 : _at + 1;
        var quantifier = _at > start ? _pattern[start.._at] : "{";
        if (quantifier[0] == '{' && !IsBounds(quantifier))
        {
            throw _error($"The pattern '{_pattern}' has a quantifier that is not {{m}}, {{m,}} or {{m,n}} of at most {GrammarLimits.Repetition}, at character {start}. Correct it, or escape the '{{'.");
        }

        // a lazy quantifier finds other places but accepts the same strings
        TryTake('?');
        return !AtEnd && _pattern[_at] is '*' or '+' or '{' ? throw Unexpected() : quantifier;
    }

    private static bool IsBounds(string quantifier)
    {
        var numbers = quantifier.Trim('{', '}').Split(',').Select(number =>
            int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= GrammarLimits.Repetition ? value : number.Length == 0 ? int.MaxValue : -1).ToArray();
        return numbers.Length is 1 or 2 && numbers[0] is >= 0 and < int.MaxValue && numbers[^1] >= numbers[0];
    }

    private bool TryTake(char expected)
    {
        if (AtEnd || _pattern[_at] != expected)
        {
            return false;
        }

        _at++;
        return true;
    }

    private GrammarException Unexpected() =>
        _error($"The pattern '{_pattern}' has '{_pattern[_at]}' at character {_at}, where it is not supported. Put anchors only at the ends, and escape what is meant as text.");
}
