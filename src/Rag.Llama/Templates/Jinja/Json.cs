using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Rag.Llama.Templates.Jinja;

/// <summary>Between values and JSON; writes as Python's <c>json.dumps</c> does.</summary>
internal static class Json
{
    /// <summary>A JSON value as one of the language.</summary>
    /// <exception cref="ChatTemplateException">A text in it holds an escape that forms no character.</exception>
    public static Value ToValue(JsonElement element)
    {
        try
        {
            return Convert(element);
        }
        catch (InvalidOperationException e)
        {
            throw new ChatTemplateException($"JSON of {element.GetRawText().Length} characters holds an escape that forms no character; leave it out.", e);
        }
    }

    /// <summary>The value that a JSON text holds.</summary>
    public static Value Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return ToValue(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or ArgumentException) // the latter: half a surrogate pair
        {
            throw new ChatTemplateException($"'from_json' was given a text of {json.Length} characters that is not JSON ({e.Message}); give it JSON.", e);
        }
    }

    /// <summary>A value as JSON; without <paramref name="indent"/> on one line.</summary>
    public static string Write(Value value, int? indent, string itemSeparator, string keySeparator, bool sortKeys, bool asciiOnly, RenderBudget budget)
    {
        var writer = new Writer(new StringBuilder(), indent, itemSeparator, keySeparator, sortKeys, asciiOnly, budget);
        writer.Write(value, 0);
        budget.Characters(writer.Target.Length);
        return writer.Target.ToString();
    }

    private static Value Convert(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var mapping = new Value.Mapping();
                foreach (var property in element.EnumerateObject())
                {
                    mapping.Entries[new Value.Text(property.Name)] = Convert(property.Value);
                }

                return mapping;
            case JsonValueKind.Array:
                return new Value.Sequence([.. element.EnumerateArray().Select(Convert)]);
            case JsonValueKind.String:
                return new Value.Text(element.GetString()!);
            case JsonValueKind.Number:
                return element.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0 && element.TryGetInt64(out var whole) ? new Value.Integer(whole) : new Value.Real(element.GetDouble());
            case JsonValueKind.True or JsonValueKind.False:
                return Value.Of(element.GetBoolean());
            default:
                return Value.Nothing;
        }
    }

    private sealed record Writer(StringBuilder Target, int? Indent, string ItemSeparator, string KeySeparator, bool SortKeys, bool AsciiOnly, RenderBudget Budget)
    {
        public void Write(Value value, int level)
        {
            Budget.Step();
            switch (value)
            {
                case Value.None:
                    Target.Append("null");
                    break;
                case Value.Bool:
                    Target.Append(value.IsTrue ? "true" : "false");
                    break;
                case Value.Real { Content: var real } when !double.IsFinite(real):
                    Target.Append(double.IsNaN(real) ? "NaN" : real > 0 ? "Infinity" : "-Infinity");
                    break;
                case Value.Integer or Value.Real:
                    Target.Append(Printing.OfNumber(value));
                    break;
                case Value.Text text:
                    WriteText(text.Content);
                    break;
                case Value.Sequence sequence:
                    WriteAll('[', ']', sequence.Items, item => Write(item, level + 1), level);
                    break;
                case Value.Mapping mapping:
                    var entries = SortKeys ? mapping.Entries.OrderBy(e => KeyText(e.Key), StringComparer.Ordinal) : mapping.Entries.AsEnumerable();
                    WriteAll('{', '}', entries, entry => WriteEntry(entry, level), level);
                    break;
                default:
                    throw new ChatTemplateException($"'tojson' was given a {value.TypeName}, which JSON cannot hold; give it a text, number, list or dict.{Operators.Why(value)}");
            }
        }

        private static string KeyText(Value key) => key switch
        {
            Value.Text text => text.Content,
            Value.None => "null",
            Value.Bool => key.IsTrue ? "true" : "false",
            _ => Printing.OfNumber(key),
        };

        private void WriteEntry(KeyValuePair<Value, Value> entry, int level)
        {
            WriteText(KeyText(entry.Key));
            Target.Append(KeySeparator);
            Write(entry.Value, level + 1);
        }

        private void WriteAll<T>(char open, char close, IEnumerable<T> items, Action<T> write, int level)
        {
            Budget.Enter();
            Target.Append(open);
            var any = false;
            foreach (var item in items)
            {
                Target.Append(any ? ItemSeparator : "");
                NewLine(level + 1);
                write(item);
                any = true;
                if (Target.Length > Limits.TextLength)
                {
                    Budget.Characters(Target.Length);
                }
            }

            if (any)
            {
                NewLine(level);
            }

            Target.Append(close);
            Budget.Leave();
        }

        private void NewLine(int level)
        {
            if (Indent is { } width)
            {
                Target.Append('\n').Append(' ', width * level);
            }
        }

        private void WriteText(string text)
        {
            Target.Append('"');
            foreach (var character in text)
            {
                _ = character switch
                {
                    '"' => Target.Append("\\\""),
                    '\\' => Target.Append(@"\\"),
                    '\n' => Target.Append(@"\n"),
                    '\r' => Target.Append(@"\r"),
                    '\t' => Target.Append(@"\t"),
                    '\b' => Target.Append(@"\b"),
                    '\f' => Target.Append(@"\f"),
                    _ when character < ' ' || (AsciiOnly && character > '~') => Target.Append(CultureInfo.InvariantCulture, $@"\u{(int)character:x4}"),
                    _ => Target.Append(character),
                };
            }

            Target.Append('"');
        }
    }
}
