namespace Rag.Llama.Grammars;

/// <summary>Reads the GBNF notation, as llama.cpp documents it in grammars/README.md, into rules.</summary>
internal sealed class GbnfParser
{
    private const int MostSigns = 4;

    private readonly GbnfScanner _scanner;

    private GbnfParser(string text) => _scanner = new GbnfScanner(text);

    public static IReadOnlyList<GrammarRule> Parse(string text)
    {
        if (text.Length > GrammarLimits.TextLength)
        {
            throw new GrammarException($"The grammar has {text.Length} characters, over {GrammarLimits.TextLength}. Use a smaller one.");
        }

        var parser = new GbnfParser(text);
        return parser.Rules();
    }

    private List<GrammarRule> Rules()
    {
        var rules = new List<GrammarRule>();
        var names = new HashSet<string>();
        for (_scanner.SkipSpace(overLines: true); !_scanner.AtEnd; _scanner.SkipSpace(overLines: true))
        {
            var rule = Rule();
            if (!names.Add(rule.Name))
            {
                throw _scanner.Error($"Rule '{rule.Name}' is defined twice. Join the definitions with '|'.", rule.Offset);
            }

            if (names.Count > GrammarLimits.Rules)
            {
                throw _scanner.Error($"The grammar has more than {GrammarLimits.Rules} rules. Use fewer.", rule.Offset);
            }

            rules.Add(rule);
        }

        return rules.Count > 0 ? rules : throw _scanner.Error("The grammar is empty. Write at least: root ::= \"text\"");
    }

    private GrammarRule Rule()
    {
        var offset = _scanner.Offset;
        var name = _scanner.TakeName();
        if (name.Length == 0)
        {
            throw _scanner.Error($"A rule's name was expected, not {_scanner.Found()}. Names hold letters, digits and '-'.");
        }

        _scanner.SkipSpace(overLines: false);
        if (!_scanner.StartsWith("::="))
        {
            throw _scanner.Error($"'::=' was expected after '{name}', not {_scanner.Found()}. A rule is: name ::= what it stands for.");
        }

        _scanner.Skip(3);
        _scanner.SkipSpace(overLines: true);
        var body = Choice(nesting: 0);
        if (!_scanner.AtEnd && _scanner.Current is not ('\n' or '\r'))
        {
            throw _scanner.Error(_scanner.Current == ')'
                ? "This ')' closes no group. Remove it, or open the group with '('."
                : $"The end of the line was expected, not {_scanner.Found()}. Quote literals, and start each rule on its own line.");
        }

        return new GrammarRule(name, offset, body);
    }

    private GrammarExpression Choice(int nesting)
    {
        var alternatives = new List<GrammarExpression> { Sequence(nesting) };
        while (_scanner.TryTake('|'))
        {
            _scanner.SkipSpace(overLines: true);
            alternatives.Add(Sequence(nesting));
        }

        return alternatives.Count == 1 ? alternatives[0] : new GrammarExpression.Choice(alternatives);
    }

    private GrammarExpression.Sequence Sequence(int nesting)
    {
        var parts = new List<GrammarExpression>();
        var signs = 0;
        while (!_scanner.AtEnd)
        {
            if (_scanner.Current is '*' or '+' or '?' or '{')
            {
                if (parts.Count == 0 || ++signs > MostSigns)
                {
                    throw _scanner.Error(parts.Count == 0
                        ? $"'{_scanner.Current}' has nothing before it to repeat. Put a literal, class, rule or group before it."
                        : $"More than {MostSigns} repetition signs stand in a row. One says the same.");
                }

                var (min, max) = Bounds(nesting > 0);
                parts[^1] = new GrammarExpression.Repeat(parts[^1], min, max);
            }
            else if (Part(nesting) is { } part)
            {
                parts.Add(part);
                signs = 0;
            }
            else
            {
                break;
            }

            _scanner.SkipSpace(overLines: nesting > 0);
        }

        return new GrammarExpression.Sequence(parts);
    }

    private GrammarExpression? Part(int nesting)
    {
        switch (_scanner.Current)
        {
            case '"':
                return Literal();
            case '[':
                return Class();
            case '.':
                _scanner.Skip(1);
                return new GrammarExpression.Characters(CodePointSet.All);
            case '(':
                return Group(nesting + 1);
            case '<' or '!':
                throw _scanner.Error("Tokens such as <[1000]> or <name> are not supported, since a grammar here matches text. Write the text itself.");
            case var first when GbnfScanner.IsNameCharacter(first):
                var offset = _scanner.Offset;
                return new GrammarExpression.Reference(_scanner.TakeName(), offset);
            default:
                return null;
        }
    }

    private GrammarExpression Group(int nesting)
    {
        var start = _scanner.Offset;
        if (nesting > GrammarLimits.Nesting)
        {
            throw _scanner.Error($"Groups stand more than {GrammarLimits.Nesting} deep. Give the inner ones a rule.");
        }

        _scanner.Skip(1);
        _scanner.SkipSpace(overLines: true);
        var body = Choice(nesting);
        if (_scanner.TryTake(')'))
        {
            return body;
        }

        throw _scanner.AtEnd
            ? _scanner.Error("This '(' is never closed. Add the ')'.", start)
            : _scanner.Error($"')' or another part of the group was expected, not {_scanner.Found()}. Close the group, or quote the text.");
    }

    private GrammarExpression.Sequence Literal()
    {
        var start = _scanner.Offset;
        _scanner.Skip(1);
        var parts = new List<GrammarExpression>();
        while (!_scanner.TryTake('"'))
        {
            parts.Add(!_scanner.AtEnd
                ? new GrammarExpression.Characters(CodePointSet.Of(_scanner.TakeCodePoint()))
                : throw _scanner.Error("This literal is never closed. Add the '\"'.", start));
        }

        return new GrammarExpression.Sequence(parts);
    }

    private GrammarExpression.Characters Class()
    {
        var start = _scanner.Offset;
        _scanner.Skip(1);
        var negated = _scanner.TryTake('^');
        var ranges = new List<(int Low, int High)>();
        while (!_scanner.TryTake(']'))
        {
            ranges.Add(!_scanner.AtEnd ? Range() : throw _scanner.Error("This class is never closed. Add the ']'.", start));
        }

        var written = CodePointSet.Of(ranges);
        var set = negated ? written.Negate() : written;
        return ranges.Count > 0 && !set.IsEmpty
            ? new GrammarExpression.Characters(set)
            : throw _scanner.Error("This class holds no character. Name one, or use '.' for any.", start);
    }

    private (int Low, int High) Range()
    {
        var start = _scanner.Offset;
        var low = _scanner.TakeCodePoint();
        if (!_scanner.StartsWith("-") || _scanner.StartsWith("-]"))
        {
            return (low, low);
        }

        _scanner.Skip(1);
        if (_scanner.AtEnd)
        {
            throw _scanner.Error("The text ends inside a class. Add the upper bound and the ']'.");
        }

        var high = _scanner.TakeCodePoint();
        return low <= high
            ? (low, high)
            : throw _scanner.Error($"The range U+{low:X4} to U+{high:X4} runs backwards. Put the lower character first.", start);
    }

    private (int Min, int? Max) Bounds(bool overLines)
    {
        var (start, sign) = (_scanner.Offset, _scanner.Current);
        _scanner.Skip(1);
        if (sign != '{')
        {
            return (sign == '+' ? 1 : 0, sign == '?' ? 1 : null);
        }

        _scanner.SkipSpace(overLines);
        var min = _scanner.TakeNumber();
        _scanner.SkipSpace(overLines);
        int? max = min;
        if (_scanner.TryTake(','))
        {
            _scanner.SkipSpace(overLines);
            max = _scanner.Current == '}' ? null : _scanner.TakeNumber();
            _scanner.SkipSpace(overLines);
        }

        if (!_scanner.TryTake('}'))
        {
            throw _scanner.Error($"',' or '}}' was expected in the repetition, not {_scanner.Found()}. Write {{m}}, {{m,}} or {{m,n}}.");
        }

        return max is null || min <= max
            ? (min, max)
            : throw _scanner.Error($"The repetition {{{min},{max}}} runs backwards. Put the lower bound first.", start);
    }
}
