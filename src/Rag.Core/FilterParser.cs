namespace Rag;

/// <summary>Reads a filter from an expression such as <c>product = ledger and (year &gt;= 2020 or not language in (de, fr))</c>.</summary>
/// <remarks>
/// <c>and</c>, <c>or</c>, <c>not</c>, parentheses; <c>= != &lt; &lt;= &gt; &gt;=</c>; <c>in (a, b)</c>; <c>in 2019..2024</c> (both ends included);
/// a name alone holds where a document has the field, so <c>not pii</c> where it has none.
/// Words stand bare or in single or double quotes (doubled inside). <c>not</c> binds tighter than <c>and</c>, <c>and</c> than <c>or</c>. Keywords ignore case.
/// </remarks>
public static class FilterParser
{
    // Bounds the recursion, so that a hostile expression cannot exhaust the stack.
    private const int MaxDepth = 64;

    /// <summary>Reads <paramref name="expression"/>; a blank one is <see cref="Filter.All"/>.</summary>
    /// <exception cref="FormatException">The expression is malformed; the message says where and what was expected.</exception>
    public static Filter Parse(string expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        if (string.IsNullOrWhiteSpace(expression))
        {
            return Filter.All;
        }

        var parser = new State(expression);
        var filter = parser.Or(0);
        parser.ExpectEnd();
        return filter;
    }

    private sealed class State
    {
        private static readonly string[] Operators = ["!=", "<=", ">=", "..", "=", "<", ">", "(", ")", ","];
        private readonly string _text;
        private int _start;
        private int _end;
        private bool _quoted;
        private string _token = "";

        public State(string text)
        {
            _text = text;
            Next();
        }

        public Filter Or(int depth)
        {
            List<Filter> parts = [And(depth)];
            while (TakeKeyword("or"))
            {
                parts.Add(And(depth));
            }

            return parts.Count == 1 ? parts[0] : new Filter.Or(parts);
        }

        public void ExpectEnd()
        {
            if (_token.Length > 0)
            {
                throw Wrong("'and', 'or' or the end");
            }
        }

        private Filter And(int depth)
        {
            List<Filter> parts = [Unary(depth)];
            while (TakeKeyword("and"))
            {
                parts.Add(Unary(depth));
            }

            return parts.Count == 1 ? parts[0] : new Filter.And(parts);
        }

        private Filter Unary(int depth)
        {
            if (depth > MaxDepth)
            {
                throw new FormatException($"The filter nests deeper than {MaxDepth} levels; write it flatter.");
            }

            if (TakeKeyword("not"))
            {
                return new Filter.Not(Unary(depth + 1));
            }

            if (Take("("))
            {
                var inner = Or(depth + 1);
                Expect(")");
                return inner;
            }

            return Comparison();
        }

        private Filter Comparison()
        {
            var field = Word("a field name");
            if (TakeKeyword("in"))
            {
                return In(field);
            }

            foreach (var op in (string[])["!=", "<=", ">=", "=", "<", ">"])
            {
                if (Take(op))
                {
                    return Compare(field, op, Word("a value"));
                }
            }

            return char.IsLetterOrDigit(field.FirstOrDefault()) && (_token.Length == 0 || (!_quoted && (_token == ")" || IsConjunction())))
                ? Filter.Has(field)
                : throw Wrong("one of =, !=, <, <=, >, >=, in");
        }

        private Filter In(string field)
        {
            if (Take("("))
            {
                List<string> values = [Word("a value")];
                while (Take(","))
                {
                    values.Add(Word("a value"));
                }

                Expect(")");
                return new Filter.In(field, values);
            }

            var min = Word("'(' or the start of a range");
            Expect("..");
            return new Filter.Range(field, new(min), new(Word("the end of the range")));
        }

        private static Filter Compare(string field, string op, string value) => op switch
        {
            "=" => Filter.Equal(field, value),
            "!=" => new Filter.Not(Filter.Equal(field, value)),
            "<" => new Filter.Range(field, null, new(value, Inclusive: false)),
            "<=" => new Filter.Range(field, null, new(value)),
            ">" => new Filter.Range(field, new(value, Inclusive: false), null),
            _ => new Filter.Range(field, new(value), null),
        };

        private string Word(string expected)
        {
            if (_token.Length == 0 || (!_quoted && Operators.Contains(_token)))
            {
                throw Wrong(expected);
            }

            var word = _quoted ? _token[1..] : _token;
            Next();
            return word;
        }

        private bool Take(string symbol)
        {
            if (_quoted || _token != symbol)
            {
                return false;
            }

            Next();
            return true;
        }

        private bool TakeKeyword(string keyword)
        {
            if (_quoted || !_token.Equals(keyword, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            Next();
            return true;
        }

        private bool IsConjunction() => _token.Equals("and", StringComparison.OrdinalIgnoreCase) || _token.Equals("or", StringComparison.OrdinalIgnoreCase);

        private void Expect(string symbol)
        {
            if (!Take(symbol))
            {
                throw Wrong($"'{symbol}'");
            }
        }

        private FormatException Wrong(string expected) =>
            new($"Filter: expected {expected} at character {_start + 1}, found {(_token.Length == 0 ? "the end" : $"'{_text[_start.._end]}'")}. Example: product = ledger and year >= 2020.");

        // A quoted token is kept behind a leading quote, so that an empty string is not taken for the end.
        private void Next()
        {
            _start = _end;
            while (_start < _text.Length && char.IsWhiteSpace(_text[_start]))
            {
                _start++;
            }

            _end = _start;
            _quoted = false;
            if (_start == _text.Length)
            {
                _token = "";
            }
            else if (_text[_start] is '\'' or '"')
            {
                Quoted(_text[_start]);
            }
            else
            {
                Bare();
            }
        }

        private void Quoted(char quote)
        {
            for (_end = _start + 1; _end < _text.Length; _end++)
            {
                if (_text[_end] != quote)
                {
                    continue;
                }

                if (_end + 1 < _text.Length && _text[_end + 1] == quote)
                {
                    _end++;
                    continue;
                }

                _end++;
                _quoted = true;
                _token = quote + _text[(_start + 1)..(_end - 1)].Replace($"{quote}{quote}", $"{quote}", StringComparison.Ordinal);
                return;
            }

            throw new FormatException($"Filter: the quote at character {_start + 1} is never closed.");
        }

        private void Bare()
        {
            var symbol = Operators.FirstOrDefault(o => string.CompareOrdinal(_text, _start, o, 0, o.Length) == 0);
            if (symbol is not null)
            {
                _end = _start + symbol.Length;
            }
            else
            {
                while (_end < _text.Length && !char.IsWhiteSpace(_text[_end]) && !"'\"!<>=(),".Contains(_text[_end], StringComparison.Ordinal) && string.CompareOrdinal(_text, _end, "..", 0, 2) != 0)
                {
                    _end++;
                }

                _end = Math.Max(_end, _start + 1);
            }

            _token = _text[_start.._end];
        }
    }
}
