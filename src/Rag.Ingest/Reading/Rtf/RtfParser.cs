using System.Text;

namespace Rag.Ingest.Reading.Rtf;

/// <summary>Follows the groups and control words of RTF (specification 1.9.1) and passes what is shown to <see cref="RtfBlocks"/>.</summary>
internal sealed class RtfParser(DocumentBuilder builder, string documentId, CancellationToken cancellationToken)
{
    private const int MostOpen = 10_000; // groups in each other

    private readonly RtfFonts _fonts = new();
    private readonly RtfBlocks _blocks = new(builder);
    private readonly Dictionary<int, int> _headings = []; // style to level
    private readonly Stack<RtfState> _open = [];
    private readonly StringBuilder _name = new(); // of a style
    private readonly StringBuilder _title = new();
    private readonly List<byte> _bytes = []; // of text that is not decoded yet
    private RtfState _state;
    private int _skip; // characters that stand for one written as \u
    private bool _isOptional; // \* stands before the next word

    /// <summary>The title among the properties; empty for none.</summary>
    public string Title => _title.ToString();

    public void Parse(ReadOnlySpan<byte> source)
    {
        _state = new(RtfTarget.Body, _fonts.Default);
        var tokens = new RtfTokens(source);
        for (var count = 0; tokens.Next(); count++)
        {
            if (count % 4_096 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            switch (tokens.Kind)
            {
                case RtfKind.Text:
                    Take(tokens.Text);
                    break;
                case RtfKind.Byte:
                    Take([(byte)tokens.Number!.Value]);
                    break;
                case RtfKind.Open:
                    Flush();
                    _skip = 0;
                    _open.Push(_open.Count < MostOpen ? _state : throw new DocumentFormatException(documentId, $"its groups are nested more than {MostOpen:N0} deep. It is damaged or made to do harm."));
                    break;
                case RtfKind.Close:
                    Close();
                    break;
                default:
                    Flush();
                    Control(Encoding.ASCII.GetString(tokens.Word), tokens.Number);
                    break;
            }
        }

        Flush();
        _blocks.End();
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        _isOptional = false;
        var skipped = Math.Min(_skip, bytes.Length);
        _skip -= skipped;
        if (!_state.IsHidden && _state.Target != RtfTarget.Nowhere)
        {
            _bytes.AddRange(bytes[skipped..]);
        }
    }

    private void Flush()
    {
        if (_bytes.Count > 0)
        {
            Write(_state.Encoding.GetString(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes)));
            _bytes.Clear();
        }
    }

    private void Write(string text)
    {
        if (_state.IsHidden)
        {
            return;
        }

        switch (_state.Target)
        {
            case RtfTarget.Title:
                _title.Append(text);
                break;
            case RtfTarget.Styles:
                _name.Append(text);
                break;
            case RtfTarget.Body or RtfTarget.Mark or RtfTarget.Note:
                _blocks.Append(_state.Target, text);
                break;
        }
    }

    private void Close()
    {
        Flush();
        _skip = 0;
        _isOptional = false;
        var ended = _state;
        if (!_open.TryPop(out _state))
        {
            _state = new(RtfTarget.Body, _fonts.Default); // one too many
        }

        if (ended.Target == RtfTarget.Note && _state.Target != RtfTarget.Note)
        {
            _blocks.EndNote();
        }

        if (ended.Target == RtfTarget.Styles)
        {
            var name = _name.ToString().TrimEnd(';').Trim();
            if (ended.Entry >= 0 && name.StartsWith("heading ", StringComparison.OrdinalIgnoreCase) && name is [.., ' ', >= '1' and <= '9' and var digit])
            {
                _headings[ended.Entry] = Math.Min(digit - '0', 6);
            }

            _name.Clear();
        }
    }

    private void Control(string word, int? number)
    {
        if (_skip > 0 && word is not ("u" or "uc" or "*"))
        {
            _skip--;
            return;
        }

        var isOptional = _isOptional;
        _isOptional = word == "*";
        if (RtfWords.Destination(word) is { } target)
        {
            // a destination inside one that is not shown is not shown either
            _state = _state.Target is RtfTarget.Nowhere ? _state : _state with { Target = target };
        }
        else if (isOptional && !RtfWords.IsTransparent(word) && !(word is "cs" or "ts" or "ds" && _state.Target == RtfTarget.Styles))
        {
            _state = _state with { Target = RtfTarget.Nowhere };
        }
        else if (RtfWords.Character(word) is { } text)
        {
            if (_state.Target != RtfTarget.Nowhere)
            {
                Write(text);
            }
        }
        else if (!Format(word, number) && _state is { Target: RtfTarget.Body, IsHidden: false })
        {
            Layout(word, number);
        }
    }

    private bool Format(string word, int? number)
    {
        switch (word)
        {
            case "u" when number is { } unit:
                _skip = 0;
                if (_state.Target != RtfTarget.Nowhere)
                {
                    Write((unit is >= short.MinValue and <= char.MaxValue ? (char)unit : '\uFFFD').ToString());
                }

                _skip = _state.Fallback;
                return true;
            case "uc":
                _state = _state with { Fallback = Math.Clamp(number ?? 1, 0, 16) };
                return true;
            case "ansicpg" when number is { } page:
                _fonts.SetDefault(page);
                _state = _state with { Encoding = _fonts.Default };
                return true;
            case "mac" or "pc" or "pca":
                _fonts.SetDefault(word switch { "mac" => 10000, "pc" => 437, _ => 850 });
                _state = _state with { Encoding = _fonts.Default };
                return true;
            case "f" when number is { } font:
                _state = _state.Target == RtfTarget.Fonts ? _state with { Entry = font } : _state with { Encoding = _fonts.Of(font) };
                return true;
            case "fcharset" when _state.Target == RtfTarget.Fonts:
                _fonts.Add(_state.Entry, number ?? 0);
                return true;
            case "plain":
                _state = _state with { IsHidden = false, Encoding = _fonts.Default };
                return true;
            case "v" or "deleted" or "htmlrtf":
                _state = _state with { IsHidden = number is not 0 };
                return true;
            case "outlinelevel" when _state is { Target: RtfTarget.Styles, Entry: >= 0 } && number is >= 0 and < 9:
                _headings[_state.Entry] = Math.Min(number.Value + 1, 6);
                return true;
            case "s" when _state.Target == RtfTarget.Styles:
                _state = _state with { Entry = number ?? 0 };
                return true;
            default:
                return false;
        }
    }

    private void Layout(string word, int? number)
    {
        switch (word)
        {
            case "par" or "sect" or "page" or "column":
                _blocks.EndParagraph();
                break;
            case "pard":
                (_blocks.IsInTable, _blocks.Heading, _blocks.Level) = (false, 0, 1);
                break;
            case "intbl":
                _blocks.IsInTable = true;
                break;
            case "cell" or "nestcell":
                _blocks.EndCell();
                break;
            case "row" or "nestrow":
                _blocks.EndRow();
                break;
            case "s" when _headings.TryGetValue(number ?? 0, out var level):
                _blocks.Heading = level;
                break;
            case "outlinelevel" when number is >= 0 and < 9:
                _blocks.Heading = Math.Min(number.Value + 1, 6);
                break;
            case "ilvl" when number is >= 0 and < 9:
                _blocks.Level = number.Value + 1;
                break;
        }
    }
}
