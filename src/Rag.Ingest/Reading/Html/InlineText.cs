using System.Text;
using AngleSharp.Dom;

namespace Rag.Ingest.Reading.Html;

/// <summary>Text as a browser lays it out: runs of white space are one space, <c>br</c> breaks the line.</summary>
internal sealed class InlineText
{
    private readonly StringBuilder _text = new();
    private bool _space;

    public bool IsEmpty => _text.Length == 0;

    /// <summary>The visible text of an element on one line; its blocks are joined by a space.</summary>
    public static string Of(IElement element)
    {
        var text = new InlineText();
        text.AppendAll(element);
        return text.Take();
    }

    public void Append(string text)
    {
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                _space = true;
            }
            else if (c is not ('\u00AD' or '\u200B')) // invisible places to break a word, which would hide the word from search
            {
                if (_space && _text.Length > 0 && _text[^1] != '\n')
                {
                    _text.Append(' ');
                }

                _space = false;
                _text.Append(c);
            }
        }
    }

    public void Space() => _space = true;

    /// <summary>Ends the line. False when the line was empty already: a second break, which parts two paragraphs.</summary>
    public bool Break()
    {
        if (_text.Length == 0 || _text[^1] == '\n')
        {
            return false;
        }

        _text.Append('\n');
        _space = false;
        return true;
    }

    /// <summary>What was collected, trimmed; the collector is empty again.</summary>
    public string Take()
    {
        var text = _text.ToString().TrimEnd('\n');
        _text.Clear();
        _space = false;
        return text;
    }

    private void AppendAll(IElement element)
    {
        foreach (var node in element.ChildNodes)
        {
            if (node is IText text)
            {
                Append(text.Data);
            }
            else if (node is IElement child && !Visibility.IsHidden(child))
            {
                if (!Tags.IsInline(child) || child.LocalName == "br")
                {
                    Space();
                }

                AppendAll(child);
                if (!Tags.IsInline(child))
                {
                    Space();
                }
            }
        }
    }
}
