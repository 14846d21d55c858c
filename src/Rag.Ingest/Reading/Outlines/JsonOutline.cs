using System.Buffers;
using System.Globalization;

namespace Rag.Ingest.Reading.Outlines;

/// <summary>Divides valid JSON, or several values behind each other: each object of an array is a piece, and what is large is divided in turn.</summary>
internal sealed class JsonOutline(string text)
{
    private static readonly SearchValues<char> _scalarEnds = SearchValues.Create(" \t\r\n,]}/");

    private readonly Nesting _nesting = new();
    private readonly Stack<(bool IsArray, int Count)> _open = [];
    private int _at;

    public static List<Joint> Of(string text, CancellationToken cancellationToken)
    {
        var outline = new JsonOutline(text);
        while (outline.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return outline._nesting.Joints;
    }

    private bool Next()
    {
        SkipBlanks();
        if (_at >= text.Length)
        {
            return false;
        }

        if (text[_at] is '}' or ']')
        {
            _open.Pop();
            _nesting.Leave();
            _at++;
            return true;
        }

        var start = _at;
        var (isArray, count) = _open.TryPeek(out var parent) ? parent : (true, 0);
        string? name = null;
        if (!isArray)
        {
            _at = StringEnd(_at);
            name = text[(start + 1)..(_at - 1)];
            SkipBlanks();
        }
        else if (_open.Count > 0)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"[{count}]");
            _open.Pop();
            _open.Push((true, count + 1));
        }

        if (text[_at] is '{' or '[')
        {
            Container(start, name, isArray);
        }
        else
        {
            _at = text[_at] == '"' ? StringEnd(_at) : ScalarEnd();
            _nesting.Add(start, _at);
        }

        return true;
    }

    private void Container(int start, string? name, bool isRecord)
    {
        if (End(_at) is { } end)
        {
            _nesting.Add(start, end, isRecord ? name ?? "" : null);
            _at = end;
            return;
        }

        _nesting.Enter(start, name);
        _open.Push((text[_at] == '[', 0));
        _at++;
    }

    // of an object or array, when it is small
    private int? End(int at)
    {
        var depth = 0;
        for (var limit = Math.Min(text.Length, at + Joint.Small); at < limit; at++)
        {
            switch (text[at])
            {
                case '"':
                    at = StringEnd(at) - 1;
                    break;
                case '{' or '[':
                    depth++;
                    break;
                case '}' or ']' when --depth == 0:
                    return at + 1;
                case '/':
                    at = CommentEnd(at) - 1;
                    break;
            }
        }

        return null;
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && (text[_at] is ',' or ':' or '/' or '\uFEFF' || char.IsWhiteSpace(text[_at]) || char.IsControl(text[_at])))
        {
            _at = text[_at] == '/' ? CommentEnd(_at) : _at + 1;
        }
    }

    private int CommentEnd(int at)
    {
        var isBlock = at + 1 < text.Length && text[at + 1] == '*';
        var end = isBlock ? text.IndexOf("*/", at + 2, StringComparison.Ordinal) + 1 : text.AsSpan(at).IndexOfAny('\r', '\n') + at;
        return end <= at ? text.Length : end + 1;
    }

    private int StringEnd(int at)
    {
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            at += text[at] == '\\' ? 1 : 0;
        }

        return Math.Min(at + 1, text.Length);
    }

    private int ScalarEnd()
    {
        var length = text.AsSpan(_at).IndexOfAny(_scalarEnds);
        return length < 0 ? text.Length : _at + Math.Max(length, 1);
    }
}
