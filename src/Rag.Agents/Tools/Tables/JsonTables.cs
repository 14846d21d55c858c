using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Rag.Agents.Tools.Tables;

/// <summary>Finds the tables in JSON: arrays of flat objects, and flat objects behind each other, as in lines of JSON. What is inside of the elements of an array is passed over.</summary>
internal static class JsonTables
{
    private static readonly JsonReaderOptions Options = new() { AllowMultipleValues = true, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 1_000 };

    /// <summary>The tables, each with the keys that lead to it and its rows, the first of which has the names of its columns; none where the text is not valid.</summary>
    public static IReadOnlyList<(string Keys, List<TableRow> Rows)> Of(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, Options);
        var (root, tables) = (new JsonRecords(isObject: false, "", -1), new List<(string, List<TableRow>)>());
        var open = new Stack<JsonRecords>([root]);
        var (name, at, atByte) = ("", 0, 0);
        try
        {
            while (reader.Read())
            {
                at += Encoding.UTF8.GetCharCount(bytes, atByte, (int)reader.TokenStartIndex - atByte);
                atByte = (int)reader.TokenStartIndex;
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    name = Words(ref reader);
                }
                else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    open.Push(open.Peek().Open(reader.TokenType == JsonTokenType.StartObject, name, at));
                }
                else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    var closed = open.Pop();
                    tables.AddRange(closed.Table());
                    open.Peek().Close(closed, at + 1);
                }
                else
                {
                    open.Peek().Add(name, reader.TokenType == JsonTokenType.Null ? "" : reader.TokenType == JsonTokenType.Number ? Number(reader.ValueSpan) : Words(ref reader));
                }
            }
        }
        catch (JsonException)
        {
            return []; // the reader divided it at blank lines, and its warning says so
        }

        tables.AddRange(root.Table());
        return tables;
    }

    private static string Words(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TokenType is JsonTokenType.True or JsonTokenType.False ? (reader.TokenType == JsonTokenType.True ? "true" : "false") : reader.GetString()!.Trim();
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan); // half of a pair as an escape, which is no character
        }
    }

    // without an exponent, so that cells compare as numbers
    private static string Number(ReadOnlySpan<byte> digits) => digits.IndexOfAny((byte)'e', (byte)'E') >= 0 && decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? number.ToString(CultureInfo.InvariantCulture)
        : Encoding.UTF8.GetString(digits);
}

/// <summary>An object or array that is being read, or all values of a text behind each other.</summary>
/// <param name="isObject">Whether it has names.</param>
/// <param name="keys">Those that lead to it; <see langword="null"/> inside of an element of an array.</param>
/// <param name="start">Where it begins; -1 for all values of a text.</param>
internal sealed class JsonRecords(bool isObject, string? keys, int start)
{
    private readonly List<(string Name, string Value)> _values = [];
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly List<(TextSpan Span, List<(int Column, string Value)> Cells)> _records = [];
    private int _closed;
    private bool _isFlat = true; // an object of values, or an array of such objects

    /// <summary>The value that begins inside of it.</summary>
    public JsonRecords Open(bool isInnerObject, string name, int at)
    {
        var inner = keys is null ? null : isObject ? (keys.Length == 0 ? name : $"{keys} > {name}") : start < 0 && _closed == 0 ? "" : null;
        _isFlat &= isInnerObject && !isObject;
        return new(isInnerObject, inner, at);
    }

    /// <summary>The value ends that began inside of it.</summary>
    public void Close(JsonRecords inner, int end)
    {
        _closed++;
        _isFlat &= inner._isFlat;
        if (_isFlat && keys is not null && !isObject)
        {
            _records.Add((new(inner.Start, end), inner._values.ConvertAll(value => (Column(value.Name), value.Value))));
        }
    }

    /// <summary>A value without parts.</summary>
    public void Add(string name, string value)
    {
        _isFlat &= isObject;
        if (_isFlat)
        {
            _values.Add((name, value));
        }
    }

    /// <summary>The table that it is; nothing where it is none: of fewer than two records, of other values than flat objects, or of objects so different that most cells would be empty.</summary>
    public IEnumerable<(string Keys, List<TableRow> Rows)> Table()
    {
        if (isObject || !_isFlat || _records.Count < 2 || _columns.Count == 0 || 2 * _records.Sum(record => (long)record.Cells.Count) < (long)_records.Count * _columns.Count)
        {
            yield break;
        }

        var rows = new List<TableRow> { new([.. _columns.Keys], default) };
        foreach (var (span, values) in _records)
        {
            var cells = new string[_columns.Count];
            Array.Fill(cells, "");
            values.ForEach(value => cells[value.Column] = value.Value);
            rows.Add(new(cells, span));
        }

        yield return (keys ?? "", rows);
    }

    private int Start => start;

    private int Column(string name)
    {
        if (!_columns.TryGetValue(name, out var column))
        {
            _columns.Add(name, column = _columns.Count);
        }

        return column;
    }
}
