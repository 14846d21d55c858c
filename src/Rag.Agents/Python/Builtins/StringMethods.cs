using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Builtins;

/// <summary>Methods of strings.</summary>
internal static class StringMethods
{
    public static readonly Dictionary<string, NativeMethod> Table = new()
    {
        ["upper"] = (run, self, _) => Mapped(run, self, Characters.Upper),
        ["lower"] = (run, self, _) => Mapped(run, self, t => t.ToLowerInvariant()),
        ["casefold"] = (run, self, _) => Mapped(run, self, t => t.ToLowerInvariant().Replace("ß", "ss", StringComparison.Ordinal)),
        ["title"] = (run, self, _) => Mapped(run, self, Characters.Title),
        ["capitalize"] = (run, self, _) => Mapped(run, self, t => t.Length == 0 ? t : Characters.Upper(t[..1]) + t[1..].ToLowerInvariant()),
        ["swapcase"] = (run, self, _) => Mapped(run, self, Characters.SwapCase),
        ["strip"] = (run, self, arguments) => Strip(run, self, arguments, start: true, end: true),
        ["lstrip"] = (run, self, arguments) => Strip(run, self, arguments, start: true, end: false),
        ["rstrip"] = (run, self, arguments) => Strip(run, self, arguments, start: false, end: true),
        ["split"] = (run, self, arguments) => StringSplitting.Split(run, self, arguments, fromEnd: false),
        ["rsplit"] = (run, self, arguments) => StringSplitting.Split(run, self, arguments, fromEnd: true),
        ["splitlines"] = StringSplitting.Lines,
        ["partition"] = (run, self, arguments) => StringSplitting.Partition(run, self, arguments, last: false),
        ["rpartition"] = (run, self, arguments) => StringSplitting.Partition(run, self, arguments, last: true),
        ["join"] = StringSplitting.Join,
        ["replace"] = Replace,
        ["removeprefix"] = (run, self, arguments) => Text(self).StartsWith(arguments.Exactly("removeprefix", 1).Text(0), StringComparison.Ordinal) ? Copied(run, Text(self)[arguments.Text(0).Length..]) : self,
        ["removesuffix"] = (run, self, arguments) => Text(self).EndsWith(arguments.Exactly("removesuffix", 1).Text(0), StringComparison.Ordinal) ? Copied(run, Text(self)[..^arguments.Text(0).Length]) : self,
        ["find"] = (run, self, arguments) => Value.Int(StringSearching.Find(run, self, arguments, "find", last: false)),
        ["rfind"] = (run, self, arguments) => Value.Int(StringSearching.Find(run, self, arguments, "rfind", last: true)),
        ["index"] = (run, self, arguments) => StringSearching.Index(run, self, arguments, "index", last: false),
        ["rindex"] = (run, self, arguments) => StringSearching.Index(run, self, arguments, "rindex", last: true),
        ["count"] = StringSearching.Count,
        ["startswith"] = (run, self, arguments) => StringSearching.Affix(run, self, arguments, "startswith", (t, a) => t.StartsWith(a, StringComparison.Ordinal)),
        ["endswith"] = (run, self, arguments) => StringSearching.Affix(run, self, arguments, "endswith", (t, a) => t.EndsWith(a, StringComparison.Ordinal)),
        ["center"] = (run, self, arguments) => Pad(run, self, arguments, '^'),
        ["ljust"] = (run, self, arguments) => Pad(run, self, arguments, '<'),
        ["rjust"] = (run, self, arguments) => Pad(run, self, arguments, '>'),
        ["zfill"] = ZeroFill,
        ["expandtabs"] = ExpandTabs,
        ["format"] = (run, self, arguments) => new BraceFormat(run, arguments).Apply(Text(self)),
        ["isdigit"] = (run, self, _) => Tested(run, self, t => Characters.All(t, Characters.IsDigit)),
        ["isdecimal"] = (run, self, _) => Tested(run, self, t => Characters.All(t, Characters.IsDecimal)),
        ["isnumeric"] = (run, self, _) => Tested(run, self, t => Characters.All(t, Characters.IsNumeric)),
        ["isalpha"] = (run, self, _) => Tested(run, self, t => Characters.All(t, System.Text.Rune.IsLetter)),
        ["isalnum"] = (run, self, _) => Tested(run, self, t => Characters.All(t, r => System.Text.Rune.IsLetter(r) || Characters.IsNumeric(r))),
        ["isspace"] = (run, self, _) => Tested(run, self, t => t.Length > 0 && t.All(Characters.IsSpace)),
        ["isascii"] = (run, self, _) => Tested(run, self, t => t.All(char.IsAscii)),
        ["isupper"] = (run, self, _) => Tested(run, self, t => t.EnumerateRunes().Any(Characters.IsCased) && !t.EnumerateRunes().Any(System.Text.Rune.IsLower)),
        ["islower"] = (run, self, _) => Tested(run, self, t => t.EnumerateRunes().Any(Characters.IsCased) && !t.EnumerateRunes().Any(System.Text.Rune.IsUpper)),
        ["istitle"] = (run, self, _) => Tested(run, self, t => t.EnumerateRunes().Any(Characters.IsCased) && Characters.Title(t) == t),
        ["isidentifier"] = (run, self, _) => Tested(run, self, t => t.Length > 0 && !char.IsDigit(t[0]) && t.All(c => c == '_' || char.IsLetterOrDigit(c))),
        ["maketrans"] = (run, _, arguments) => StringTranslation.Table(run, arguments),
        ["translate"] = StringTranslation.Translate,
    };

    public static string Text(Value self) => ((PyStr)self.Ref!).Text;

    private static Value Mapped(Run run, Value self, Func<string, string> map)
    {
        run.Fill(Text(self).Length, 2);
        return map(Text(self));
    }

    private static Value Tested(Run run, Value self, Func<string, bool> test)
    {
        run.Step(Text(self).Length / 8);
        return Value.Bool(test(Text(self)));
    }

    private static Value Copied(Run run, string text)
    {
        run.Fill(text.Length, 2);
        return text;
    }

    private static Value Strip(Run run, Value self, Arguments arguments, bool start, bool end)
    {
        var text = Text(self);
        arguments.Between("strip", 0, 1);
        var set = arguments.Has(0) && !arguments[0].IsNone ? arguments.Text(0) : null;
        var (first, last) = (0, text.Length);
        run.Step(text.Length * (1L + ((set?.Length ?? 0) / 16)) / 16);
        bool Goes(char c) => set is null ? Characters.IsSpace(c) : set.Contains(c, StringComparison.Ordinal);
        while (start && first < last && Goes(text[first]))
        {
            first++;
        }

        while (end && last > first && Goes(text[last - 1]))
        {
            last--;
        }

        return Copied(run, text[first..last]);
    }

    private static Value Replace(Run run, Value self, Arguments arguments)
    {
        arguments.Between("replace", 2, 3);
        var (text, old, replacement) = (Text(self), arguments.Text(0), arguments.Text(1));
        var limit = arguments.Index(2, -1);
        limit = limit < 0 ? long.MaxValue : limit;
        var builder = new System.Text.StringBuilder();
        var at = 0;
        run.Step(Searching.Cost(text, old));
        for (; limit > 0; limit--)
        {
            var found = old.Length == 0 ? (at <= text.Length ? at : -1) : text.IndexOf(old, at, StringComparison.Ordinal);
            if (found < 0)
            {
                break;
            }

            TextOf.Append(run, builder, text[at..found]);
            TextOf.Append(run, builder, replacement);
            if (old.Length > 0)
            {
                at = found + old.Length;
                continue;
            }

            if (at < text.Length)
            {
                builder.Append(text[at]);
            }

            at++;
        }

        TextOf.Append(run, builder, at <= text.Length ? text[at..] : "");
        return builder.ToString();
    }

    private static Value Pad(Run run, Value self, Arguments arguments, char align)
    {
        arguments.Between("justify", 1, 2);
        var width = arguments.Index(0);
        var fill = arguments.Text(1, " ");
        if (new PyStr(fill).Count != 1)
        {
            throw Raise.TypeError("The fill character must be exactly one character long");
        }

        var count = ((PyStr)self.Ref!).Count;
        if (width <= count)
        {
            return self;
        }

        run.Fill(width, 2);
        var missing = (int)(width - count);
        // str.center puts the odd one to the left where the width is odd, unlike the format's ^
        var left = align switch { '<' => 0, '>' => missing, _ => (missing / 2) + (missing & (int)width & 1) };
        return Filling(fill, left) + Text(self) + Filling(fill, missing - left);
    }

    private static string Filling(string fill, int count) => fill.Length == 1 ? new string(fill[0], count) : string.Concat(Enumerable.Repeat(fill, count));

    private static Value ZeroFill(Run run, Value self, Arguments arguments)
    {
        var text = Text(self);
        var missing = arguments.Exactly("zfill", 1).Index(0) - text.Length;
        if (missing <= 0)
        {
            return self;
        }

        run.Fill(missing + text.Length, 2);
        var sign = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        return text[..sign] + new string('0', (int)missing) + text[sign..];
    }

    private static Value ExpandTabs(Run run, Value self, Arguments arguments)
    {
        var size = arguments.Bind("expandtabs", 0, "tabsize").Index(0, 8);
        var builder = new System.Text.StringBuilder();
        var column = 0L;
        foreach (var c in Text(self))
        {
            run.Step();
            if (c == '\t')
            {
                var blanks = size <= 0 ? 0 : size - (column % size);
                run.Fill(blanks, 2);
                builder.Append(' ', (int)blanks);
                column += blanks;
                continue;
            }

            run.Allocate(2);
            builder.Append(c);
            column = c is '\n' or '\r' ? 0 : column + 1;
        }

        return builder.ToString();
    }
}
